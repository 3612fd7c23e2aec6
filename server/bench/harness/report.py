"""The report: Markdown for people, JSON with every round for programs."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Sequence

from .rounds import Pace, Record
from .scenarios import Measured
from .stats import Summary, paired_ratios, summarize

_DISTURBED_SHARE = 0.05
_LOST_LINES_BELOW = 0.999


def as_json(facts: dict[str, str], pace: Pace, measured: Sequence[Measured]) -> str:
    """Every round of every column, so that other statistics can be made of them."""
    document = {
        "format": 1,
        "machine": facts,
        "settings": {
            "rounds": pace.rounds,
            "roundSeconds": pace.seconds,
            "warmUpSeconds": pace.warm_up,
            "warmUpLimitSeconds": pace.warm_up_limit,
        },
        "variants": {result.variant.name: _variant_json(result) for result in measured},
    }
    text = json.dumps(document, indent=1, ensure_ascii=False)
    # One line for each list of numbers, or the rounds would be most of the file's lines.
    return re.sub(r"\[\s+([-\d.,e\s]+?)\s+\]", lambda found: "[" + " ".join(found[1].split()) + "]", text) + "\n"


def as_markdown(facts: dict[str, str], pace: Pace, measured: Sequence[Measured]) -> str:
    parts = [
        "# Sluice against nginx and Undertow's ResourceHandler",
        "Median of the rounds, and in brackets the smallest and the largest. A ratio is the median of the per-round "
        "ratios to that server: below 1 is cheaper for CPU and latency, above 1 is faster for rates. What is measured, "
        "and how, stands in server/bench/README.md.",
        "\n".join(f"- {label}: {value}" for label, value in facts.items()),
        f"{pace.rounds} interleaved rounds of {pace.seconds} s; the server on one core, the load on another.",
    ]
    for result in measured:
        parts += [f"## {result.variant.title}", _table(result)]
        parts += [f"- {note}" for note in _notes(result)]
    return re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", "\n\n".join(parts)) + "\n"


def _variant_json(result: Measured) -> dict:
    return {
        "title": result.variant.title,
        "costUnit": result.variant.cost_unit,
        "rateUnit": result.variant.rate_unit,
        "servers": {name: _server_json(result, name) for name in result.records},
    }


def _server_json(result: Measured, name: str) -> dict:
    record = result.records[name]
    document = {
        "warmUpSeconds": round(record.warm_up_seconds, 1),
        "steady": record.steady,
        "head": asdict(result.heads[name]),
        "rounds": {key: [_rounded(value) for value in values] for key, values in record.columns.items()},
        "summary": {key: _summary_json(summarize(values)) for key, values in record.columns.items()},
        "ratios": {base: _ratios_json(result, name, base) for base in _present_baselines(result)},
    }
    if name in result.log_lines:
        document["logLinesPerRequest"] = _rounded(result.log_lines[name])
    if record.syscalls:
        document["syscallsPerUnit"] = {call: _rounded(count) for call, count in record.syscalls.items()}
    return document


def _ratios_json(result: Measured, name: str, base: str) -> dict[str, dict[str, float]]:
    keys = [key for key in ("cpu", "rate", "p99") if key in result.records[name].columns]
    return {key: _summary_json(_ratio(result, name, base, key)) for key in keys}


def _summary_json(summary: Summary) -> dict[str, float]:
    return {key: _rounded(value) for key, value in asdict(summary).items()}


def _rounded(value: float) -> float:
    return float(f"{value:.5g}")


def _present_baselines(result: Measured) -> list[str]:
    return [base for base in result.baselines if base in result.records]


def _ratio(result: Measured, name: str, base: str, key: str) -> Summary:
    return summarize(paired_ratios(result.records[name].columns[key], result.records[base].columns[key]))


def _table(result: Measured) -> str:
    variant, bases = result.variant, _present_baselines(result)
    has_p99 = all("p99" in record.columns for record in result.records.values())
    titles = ["server", f"CPU {variant.cost_unit}", *(f"÷ {base}" for base in bases), "user", "kernel"]
    titles += [variant.rate_unit, *(f"÷ {base}" for base in bases)]
    titles += (["p99 ms"] if has_p99 else []) + ["core busy"]
    rows = [titles, ["---"] + ["---:"] * (len(titles) - 1)]
    for name, record in result.records.items():
        column = {key: summarize(values) for key, values in record.columns.items()}
        row = [name, _spread(column["cpu"]), *(_spread(_ratio(result, name, base, "cpu")) for base in bases)]
        row += [_number(column["user"].median), _number(column["kernel"].median)]
        row += [_spread(column["rate"]), *(_spread(_ratio(result, name, base, "rate")) for base in bases)]
        row += ([_spread(column["p99"])] if has_p99 else []) + [f"{column['busy'].median:.0%}"]
        rows.append(row)
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _spread(summary: Summary) -> str:
    return f"{_number(summary.median)} ({_number(summary.low)}–{_number(summary.high)})"


def _number(value: float) -> str:
    """Three significant digits, and no exponent."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def _notes(result: Measured) -> list[str]:
    """What a reader must know of the table above: doubts first, explanations after them."""
    notes = [doubt for name, record in result.records.items() for doubt in _doubts(name, record)]
    notes += [
        f"**{name} lost log lines: it must not be compared with a server that logs every request**"
        for name, lines in result.log_lines.items()
        if lines < _LOST_LINES_BELOW
    ]
    notes.append("response head: " + ", ".join(f"{name} {head.length} bytes" for name, head in result.heads.items()))
    if result.log_lines:
        lines = ", ".join(f"{name} {value:.4f}" for name, value in result.log_lines.items())
        notes.append(f"log lines for each request: {lines}")
    unit = result.variant.cost_unit.partition("/")[2]
    for name, record in result.records.items():
        if record.syscalls:
            calls = ", ".join(f"{call} {_number(count)}" for call, count in record.syscalls.items())
            notes.append(f"system calls of {name} for each {unit}, while traced: {calls}")
    return notes


def _doubts(name: str, record: Record) -> list[str]:
    doubts = []
    shares = record.columns["others"]
    disturbed = sum(share > _DISTURBED_SHARE for share in shares)
    if disturbed:
        rounds = f"{disturbed} of {len(shares)} rounds of {name}"
        doubts.append(f"**disturbed: in {rounds}, others used over {_DISTURBED_SHARE:.0%} of its core**")
    if not record.steady:
        doubts.append(f"**{name} was not steady after {record.warm_up_seconds:.0f} s of warm-up**")
    return doubts
