"""The chart: an SVG of bars, a panel for each variant with its main figure, in one file that reads on light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Mapping, Sequence

from .report import number
from .sections import variants
from .stats import Summary

_COLUMNS = 2
_PANEL, _GAP = 470, 30
_LABELS, _VALUES = 120, 70
_ROW, _BAR = 20, 12
_TITLE, _PADDING = 44, 26
_TITLE_LIMIT = 68

_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 } .unit, .value { fill: #59636e } .label, .unit { font-size: 11px } .value { font-size: 11px }
.peer { fill: #a5b1bd } .own { fill: #0a7bbb } .spread { stroke: #1f2328; stroke-width: 1 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .unit, .value { fill: #9198a1 }
.peer { fill: #57606a } .own { fill: #4cb3ee } .spread { stroke: #e6edf3 }
}
"""


@dataclass(frozen=True)
class _Bar:
    server: str
    summary: Summary


def as_svg(document: Mapping) -> str:
    """Shorter is better in every panel, for only costs come first among a variant's columns."""
    panels = [_bars_of(variant) for _, variant in variants(document)]
    heads = [(variant["title"], f"{name}: {variant['columns'][0]['title']}") for name, variant in variants(document)]
    parts, top = [], 0.0
    for first in range(0, len(panels), _COLUMNS):
        row = range(first, min(first + _COLUMNS, len(panels)))
        for place, index in enumerate(row):
            parts.append(_panel(place * (_PANEL + _GAP), top, heads[index], panels[index]))
        top += _TITLE + _PADDING + _ROW * max(len(panels[index]) for index in row)
    width = _COLUMNS * _PANEL + (_COLUMNS - 1) * _GAP
    size = f'viewBox="0 0 {width} {top:g}" width="{width}" height="{top:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    title = "<title>The main figure of each scenario by server; shorter is better</title>"
    return "\n".join([head, title, f"<style>{_STYLE}</style>", *parts, "</svg>"]) + "\n"


def _bars_of(variant: Mapping) -> list[_Bar]:
    key = variant["columns"][0]["key"]
    bars = [_Bar(name, Summary(*server["summary"][key])) for name, server in variant["servers"].items()]
    return sorted(bars, key=lambda bar: bar.summary.median)


def _panel(left: float, top: float, head: tuple[str, str], bars: Sequence[_Bar]) -> str:
    title, unit = head
    lines = [
        f'<text class="title" x="{left:g}" y="{top + 16:g}">{escape(_shortened(title))}</text>',
        f'<text class="unit" x="{left:g}" y="{top + 32:g}">{escape(unit)}</text>',
    ]
    # The longest median makes the longest bar: one wild round must not shrink all the others.
    longest = max((bar.summary.median for bar in bars), default=0)
    room = _PANEL - _LABELS - _VALUES
    for index, bar in enumerate(bars):
        lines += _bar(left, top + _TITLE + index * _ROW, bar, room / longest if longest > 0 else 0, room)
    return "\n".join(lines)


def _bar(left: float, top: float, bar: _Bar, scale: float, room: float) -> list[str]:
    kind = "own" if bar.server.startswith("sluice") else "peer"
    start, middle = left + _LABELS, top + _BAR / 2

    def at(value: float) -> float:
        return start + min(max(value * scale, 0), room)

    low, high, median = at(bar.summary.low), at(bar.summary.high), at(bar.summary.median)
    return [
        f'<text class="label" x="{start - 6:g}" y="{top + 10:g}" text-anchor="end">{escape(bar.server)}</text>',
        f'<rect class="{kind}" x="{start:.1f}" y="{top:g}" width="{median - start:.1f}" height="{_BAR}"/>',
        f'<line class="spread" x1="{low:.1f}" x2="{high:.1f}" y1="{middle:g}" y2="{middle:g}"/>',
        f'<text class="value" x="{max(high, median) + 6:.1f}" y="{top + 10:g}">{number(bar.summary.median)}</text>',
    ]


def _shortened(title: str) -> str:
    return title if len(title) <= _TITLE_LIMIT else title[: _TITLE_LIMIT - 1] + "…"
