"""Medians, spreads and ratios of rounds."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import Sequence


@dataclass(frozen=True)
class Summary:
    """The median of some rounds, and the smallest and largest of them."""

    median: float
    low: float
    high: float


def summarize(values: Sequence[float]) -> Summary:
    """Of at least one value. The median, not the mean: one disturbed round must not move the result."""
    return Summary(statistics.median(values), min(values), max(values))


def paired_ratios(values: Sequence[float], baseline: Sequence[float]) -> list[float]:
    """Round by round: neighbours in time share the machine's mood, so their ratio is steadier than that of medians."""
    _demand_equal_rounds(values, baseline)
    return [value / base for value, base in zip(values, baseline)]


def best_of(columns: Sequence[Sequence[float]]) -> list[float]:
    """Round by round the smallest of several servers' costs: to beat that is to beat the best of them."""
    for column in columns[1:]:
        _demand_equal_rounds(column, columns[0])
    return [min(values) for values in zip(*columns)]


def is_steady(costs: Sequence[float], tolerance: float) -> bool:
    """Whether the last two of a series lie within `tolerance` (a fraction) of each other."""
    if len(costs) < 2:
        return False
    before, last = costs[-2:]
    return math.isfinite(before) and abs(last - before) <= tolerance * before


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of a sorted series doesn't exceed, by the nearest rank."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _demand_equal_rounds(values: Sequence[float], baseline: Sequence[float]) -> None:
    if len(values) != len(baseline):
        raise ValueError(f"rounds: {len(values)} (expected: {len(baseline)}, as the baseline has)")
