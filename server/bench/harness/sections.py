"""The results as a document: a section for each scenario, which a later run of that scenario alone may replace.

The document is what results/*.json holds, and what the report, the chart and the table of targets are made of. A list
of three numbers in it is a median with the smallest and the largest value: [median, low, high].
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Iterable, Iterator, Mapping, Sequence

from .bench import Measured, Outcomes
from .rounds import Pace
from .scenario import Scenario
from .scenarios import SCENARIOS
from .stats import Summary, paired_ratios, summarize

FORMAT = 2
LEAST_ROUNDS = 5


@dataclass(frozen=True)
class Circumstances:
    """When, of what, where and how a scenario was measured; `earnest` if not in a quick run, and of this tree's jar."""

    date: str
    commit: str
    load_average: float
    machine: Mapping[str, str]
    pace: Pace
    earnest: bool


def section(scenario: Scenario, outcomes: Outcomes, about: Circumstances) -> dict:
    """One scenario's results. It is of full strength, and may be published, if it was measured in earnest with all of the
    scenario's servers and enough rounds."""
    complete = {kind.name for kind in scenario.servers}
    found = {found.variant.name: _variant(found, scenario.baselines) for found in outcomes.measured}
    has_all = all(complete == set(variant["servers"]) for variant in found.values())
    return {
        "date": about.date,
        "commit": about.commit,
        "loadAverageBefore": about.load_average,
        "fullStrength": about.earnest and has_all and about.pace.rounds >= LEAST_ROUNDS,
        "machine": dict(about.machine),
        "settings": {"rounds": about.pace.rounds} if scenario.fresh else asdict(about.pace),
        "leftOut": outcomes.left_out,
        "variants": found,
    }


def empty() -> dict:
    return {"format": FORMAT, "sections": {}}


def load(file: Path) -> dict:
    """A document, or an empty one if the file isn't there or has another format."""
    if not file.is_file():
        return empty()
    document = json.loads(file.read_text())
    return document if document.get("format") == FORMAT else empty()


def replaced(document: Mapping, name: str, made: Mapping) -> dict:
    """The document with one section new, in the order in which scenarios run."""
    sections = {**document["sections"], name: made}
    order = [scenario.name for scenario in SCENARIOS]
    known = sorted((key for key in sections if key in order), key=order.index)
    return {"format": FORMAT, "sections": {key: sections[key] for key in known}}


def as_json(document: Mapping) -> str:
    text = json.dumps(document, indent=1, ensure_ascii=False)
    # One line for each list of numbers, or the rounds would be most of the file's lines.
    return re.sub(r"\[\s+([-\d.,e\s]+?)\s+\]", lambda found: "[" + " ".join(found[1].split()) + "]", text) + "\n"


def variants(document: Mapping) -> Iterator[tuple[str, dict]]:
    """Name and content of all variants in the document."""
    for made in document["sections"].values():
        yield from made["variants"].items()


def rounds(variant: Mapping, server: str, key: str) -> list[float] | None:
    """One figure of one server, round by round; None if it wasn't measured."""
    return variant["servers"].get(server, {}).get("rounds", {}).get(key)


def _variant(found: Measured, baselines: Sequence[str]) -> dict:
    present = [base for base in baselines if base in found.records]
    return {
        "title": found.variant.title,
        "unit": found.variant.unit,
        "columns": [asdict(column) for column in found.variant.columns],
        "baselines": present,
        "servers": {name: _server(found, name, present) for name in found.records},
    }


def _server(found: Measured, name: str, baselines: Iterable[str]) -> dict:
    record = found.records[name]
    kept = {key: [_rounded(value) for value in values] for key, values in record.columns.items()}
    document = {
        "warmUpSeconds": round(record.warm_up_seconds, 1),
        "steady": record.steady,
        "head": asdict(found.heads[name]),
        "rounds": kept,
        "summary": {key: _triple(summarize(values)) for key, values in kept.items()},
        "ratios": {base: _ratios(found, name, base) for base in baselines},
    }
    if name in found.log_lines:
        document["logLinesPerRequest"] = _rounded(found.log_lines[name])
    if record.syscalls:
        document["syscallsPerUnit"] = {call: _rounded(count) for call, count in record.syscalls.items()}
    return document


def _ratios(found: Measured, name: str, base: str) -> dict[str, list[float]]:
    own, other = found.records[name].columns, found.records[base].columns
    keys = [column.key for column in found.variant.columns if column.ratio]
    return {key: _triple(summarize(paired_ratios(own[key], other[key]))) for key in keys if all(other[key])}


def _triple(summary: Summary) -> list[float]:
    return [_rounded(summary.median), _rounded(summary.low), _rounded(summary.high)]


def _rounded(value: float) -> float:
    return float(f"{value:.5g}")
