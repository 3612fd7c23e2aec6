"""The report for people: Markdown, made of a document of sections."""

from __future__ import annotations

import re
from typing import Mapping, Sequence

from .sections import rounds
from .stats import Summary, summarize
from .targets import Target, Verdict, judge

_DISTURBED_SHARE = 0.05
_LOST_LINES_BELOW = 0.999
_WARM_FILES_ABOVE = 0.01

_INTRODUCTION = (
    "Median of the rounds, and in brackets the smallest and the largest. A ratio is the median of the per-round ratios "
    "to that server: below 1 is cheaper for CPU, memory and latency, above 1 is faster for rates. Servers run on one "
    "core, the load on another. What is measured, and how, stands in server/bench/README.md."
)


def as_markdown(document: Mapping, chart: str) -> str:
    """The whole report; `chart` is the name of the picture beside it."""
    sections = document["sections"]
    facts: dict[str, str] = {}
    for made in sorted(sections.values(), key=lambda made: made["date"]):
        facts |= made["machine"]  # the newest word on each
    parts = ["# Sluice beside its peers", _INTRODUCTION, _facts(facts)]
    parts += [f"![The main figure of each scenario]({chart})", "## Targets", _weak(sections), _targets(judge(document))]
    parts.append("## Scenarios")
    for name, made in sections.items():
        parts += _section(name, made, facts)
    # A list's items follow each other without a blank line.
    return re.sub(r"(?m)^(- .*)\n\n(?=- )", r"\1\n", "\n\n".join(part for part in parts if part)) + "\n"


def _facts(facts: Mapping[str, str]) -> str:
    return "\n".join(f"- {label}: {value}" for label, value in facts.items())


def _weak(sections: Mapping[str, Mapping]) -> str:
    """A warning against verdicts on scenarios that were only tried."""
    names = [name for name, made in sections.items() if not made["fullStrength"]]
    why = "few rounds, a short warm-up, servers left out or another jar"
    return f"**Not at full strength ({why}), so no proof of anything: {', '.join(names)}**" if names else ""


def _targets(verdicts: Sequence[Verdict]) -> str:
    rows = [["scenario", "figure of", "target", "measured", ""], ["---", "---", "---", "---:", "---"]]
    for verdict in verdicts:
        target = verdict.target
        measured = "–" if verdict.measured is None else spread(verdict.measured)
        word = verdict.word if verdict.met or verdict.measured is None else f"**{verdict.word}**"
        rows.append([target.variant, f"{target.server}, {_FIGURES[target.key]}", demand(target), measured, word])
    return _table(rows)


_FIGURES = {
    "cpu": "CPU",
    "p99": "p99",
    "bytes": "memory a connection",
    "millis": "start to first answer",
    "memory": "memory, cache budget apart",
}


def demand(target: Target) -> str:
    """A target in words."""
    if target.own:
        return f"≤ {target.limit:.2f} × its own without downloads"
    if target.against:
        return f"≤ {target.limit:.2f} × {'the best of ' * (len(target.against) > 1)}{' and '.join(target.against)}"
    return f"≤ {target.limit:g} {target.unit}"


def _section(name: str, made: Mapping, machine: Mapping[str, str]) -> list[str]:
    settings = made["settings"]
    about = f"{made['date']}, commit {made['commit']}, load average before: {made['loadAverageBefore']:.2f}; "
    about += f"{settings['rounds']} interleaved rounds" + (
        f" of {settings['seconds']} s." if "seconds" in settings else "."
    )
    other = {label: value for label, value in made["machine"].items() if machine.get(label) != value}
    parts = []
    for variant in made["variants"].values():
        parts += [f"### {name}: {variant['title']}", about, _figures(variant)]
        parts += [f"- {note}" for note in _notes(variant)]
    parts += [f"- left out: {server}: {why}" for server, why in made["leftOut"].items()]
    return parts + ([f"- otherwise than above: {', '.join(f'{k}: {v}' for k, v in other.items())}"] if other else [])


def _figures(variant: Mapping) -> str:
    columns, bases = variant["columns"], variant["baselines"]
    titles = ["server"]
    for column in columns:
        titles += [column["title"], *(f"÷ {base}" for base in bases if column["ratio"])]
    rows = [titles, ["---"] + ["---:"] * (len(titles) - 1)]
    for name, server in variant["servers"].items():
        row = [name]
        for column in columns:
            row.append(_cell(server, column))
            row += [_ratio_cell(server, base, column["key"]) for base in bases if column["ratio"]]
        rows.append(row)
    return _table(rows)


def _cell(server: Mapping, column: Mapping) -> str:
    summary = Summary(*server["summary"][column["key"]])
    if column["percent"]:
        return f"{summary.median:.0%}"
    # The spread of the figures that are compared; the others explain them.
    return spread(summary) if column["ratio"] else number(summary.median)


def _ratio_cell(server: Mapping, base: str, key: str) -> str:
    ratio = server["ratios"][base].get(key)
    return spread(Summary(*ratio)) if ratio else "–"


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def spread(summary: Summary) -> str:
    return f"{number(summary.median)} ({number(summary.low)}–{number(summary.high)})"


def number(value: float) -> str:
    """Three significant digits, and no exponent."""
    size = abs(value)
    if size >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}" if size >= 1 else f"{value:.3f}"


def _notes(variant: Mapping) -> list[str]:
    """What a reader must know of the table above: doubts first, explanations after them."""
    servers = variant["servers"]
    notes = [*_disturbed(variant), *(doubt for name in servers for doubt in _doubts(variant, name))]
    heads = ", ".join(f"{name} {server['head']['length']} bytes" for name, server in servers.items())
    notes.append(f"response head: {heads}")
    lines = {name: server["logLinesPerRequest"] for name, server in servers.items() if "logLinesPerRequest" in server}
    if lines:
        notes.append("log lines for each request: " + ", ".join(f"{name} {count:.4f}" for name, count in lines.items()))
    for name, server in servers.items():
        if "syscallsPerUnit" in server:
            calls = ", ".join(f"{call} {number(count)}" for call, count in server["syscallsPerUnit"].items())
            notes.append(f"system calls of {name} for each {variant['unit']}, while traced: {calls}")
    return notes


def _disturbed(variant: Mapping) -> list[str]:
    """One line for all servers, if any: what disturbs one mostly disturbs its neighbours."""
    found = []
    for name in variant["servers"]:
        shares = rounds(variant, name, "others") or []
        disturbed = sum(share > _DISTURBED_SHARE for share in shares)
        if disturbed:
            found.append(f"{name} in {disturbed} of {len(shares)} rounds")
    limit = f"{_DISTURBED_SHARE:.0%}"
    return [f"**disturbed: others used over {limit} of the server's core: {', '.join(found)}**"] if found else []


def _doubts(variant: Mapping, name: str) -> list[str]:
    server = variant["servers"][name]
    doubts = []
    if not server["steady"]:
        doubts.append(f"**{name} was not steady after {server['warmUpSeconds']:.0f} s of warm-up**")
    if server.get("logLinesPerRequest", 1) < _LOST_LINES_BELOW:
        doubts.append(f"**{name} lost log lines: it must not be compared with a server that logs every request**")
    warm = rounds(variant, name, "residentBefore")
    if warm and summarize(warm).high > _WARM_FILES_ABOVE:
        doubts.append(f"**{name}: up to {max(warm):.0%} of the cold files were in the page cache before**")
    return doubts
