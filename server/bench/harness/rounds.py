"""Warm-up, the interleaved rounds, and what one round yields."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import Protocol, Sequence

from . import cputime
from .load import Outcome
from .servers import Server
from .stats import is_steady

_STEADY_TOLERANCE = 0.03
_NATIVE_WARM_UP_SECONDS = 3


@dataclass(frozen=True)
class Pace:
    """How long to measure, in seconds. Warm-up lasts `warm_up` at least and `warm_up_limit` at most."""

    rounds: int
    seconds: int
    warm_up: int
    warm_up_limit: int


@dataclass(frozen=True)
class Cores:
    server: int
    load: int


class Load(Protocol):
    def run(self, name: str, port: int, seconds: float, core: int) -> Outcome: ...


@dataclass(frozen=True)
class Variant:
    """One load, and what its figures are called. `cpu_scale` turns seconds of CPU into the cost's unit."""

    name: str
    title: str
    load: Load
    cost_unit: str
    cpu_scale: float
    rate_unit: str


@dataclass
class Record:
    """What is known of one server under one variant. Columns hold one value a round, in the order of rounds."""

    warm_up_seconds: float = 0
    steady: bool = True
    units: float = 0
    columns: dict[str, list[float]] = field(default_factory=dict)
    syscalls: dict[str, float] = field(default_factory=dict)


def measure(server: Server, variant: Variant, seconds: float, cores: Cores) -> tuple[Outcome, dict[str, float]]:
    """One run of load. Costs are CPU of all the server's processes for each unit; `others` is the share of the
    server's core that something else used meanwhile, and tells how far to trust the round."""
    before, core_before, start = server.cpu(), cputime.of_core(cores.server), time.monotonic()
    outcome = variant.load.run(server.kind.name, server.port, seconds, cores.load)
    used, wall = server.cpu() - before, time.monotonic() - start
    core_used = cputime.of_core(cores.server) - core_before
    scale = variant.cpu_scale / outcome.units
    costs = {"cpu": used.total * scale, "user": used.user * scale, "kernel": used.system * scale}
    shares = {"busy": used.total / wall, "others": max(0.0, (core_used - used.total) / wall)}
    return outcome, {**costs, **outcome.figures, **shares}


def run_rounds(servers: Sequence[Server], variant: Variant, pace: Pace, cores: Cores) -> dict[str, Record]:
    """Warms each server up, then measures A B C, A B C, …: what disturbs the machine for a while disturbs all alike."""
    records = {server.kind.name: _warm_up(server, variant, pace, cores) for server in servers}
    for number in range(1, pace.rounds + 1):
        for server in servers:
            name = server.kind.name
            outcome, values = measure(server, variant, pace.seconds, cores)
            records[name].units += outcome.units
            for key, value in values.items():
                records[name].columns.setdefault(key, []).append(value)
            say(f"{variant.name} {number}/{pace.rounds} {name}: {values['cpu']:.3g} {variant.cost_unit}")
    return records


def _warm_up(server: Server, variant: Variant, pace: Pace, cores: Cores) -> Record:
    record = Record()
    if not server.kind.is_jvm:
        record.units = measure(server, variant, _NATIVE_WARM_UP_SECONDS, cores)[0].units
        record.warm_up_seconds = _NATIVE_WARM_UP_SECONDS
        return record
    costs: list[float] = []
    start = time.monotonic()
    while record.warm_up_seconds < pace.warm_up_limit:
        outcome, values = measure(server, variant, pace.seconds, cores)
        record.units += outcome.units
        costs.append(values["cpu"])
        record.warm_up_seconds = time.monotonic() - start
        record.steady = is_steady(costs, _STEADY_TOLERANCE)
        if record.steady and record.warm_up_seconds >= pace.warm_up:
            break
    say(f"{variant.name} warm-up {server.kind.name}: " + " ".join(f"{cost:.3g}" for cost in costs))
    return record


def say(line: str) -> None:
    """Progress, for people; the report alone goes to standard output."""
    print(f"bench: {line}", file=sys.stderr, flush=True)
