"""Warm-up, the interleaved rounds, and what one round yields."""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass, field
from typing import Callable, Mapping, Protocol, Sequence, TypeVar

from . import cputime
from .load import Outcome
from .problem import NoAnswer, Problem
from .servers import Server, ServerKind
from .stats import is_steady

_T = TypeVar("_T")

_STEADY_TOLERANCE = 0.03
# Of a run's time. Two runs may cost the same while the compilers are still at work on what makes the next one cheaper.
_IDLE_COMPILERS = 0.05
_MEBIBYTE = 1 << 20
# A cold JVM that shakes hands with 64 clients at once may not get to answer within a short round.
_WARM_UP_RUN_SECONDS = 3


@dataclass(frozen=True)
class Pace:
    """How long to measure, in seconds. The JVMs' warm-up lasts `warm_up` at least and `warm_up_limit` at most, that of
    native programs `native_warm_up`."""

    rounds: int
    seconds: int
    warm_up: int
    warm_up_limit: int
    native_warm_up: int


@dataclass(frozen=True)
class Cores:
    server: int
    load: int


class Load(Protocol):
    """What a running server is put under."""

    def run(self, name: str, port: int, seconds: float, core: int) -> Outcome: ...


class Probe(Protocol):
    """What needs a server of its own each time; `launch` starts it on the given cores."""

    def run(self, launch: Callable[[Sequence[int]], Server], cores: Cores) -> dict[str, float]: ...


@dataclass(frozen=True)
class Column:
    """A figure in the report. `key` names it in the rounds; `ratio` adds ratios to the baselines."""

    key: str
    title: str
    ratio: bool = False
    percent: bool = False


@dataclass(frozen=True)
class Variant:
    """One load, or probe, and what its figures are called. `cpu_scale` turns seconds of CPU into the cost's unit. The
    first column is what the variant is about."""

    name: str
    title: str
    load: Load | Probe
    columns: Sequence[Column]
    unit: str = "request"
    cpu_scale: float = 1e6


@dataclass
class Record:
    """What is known of one server under one variant. Columns hold one value a round, in the order of rounds."""

    warm_up_seconds: float = 0
    steady: bool = True
    units: float = 0
    columns: dict[str, list[float]] = field(default_factory=dict)
    syscalls: dict[str, float] = field(default_factory=dict)

    def add(self, values: dict[str, float]) -> None:
        """One round more."""
        for key, value in values.items():
            self.columns.setdefault(key, []).append(value)


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


LeaveOut = Callable[[str, Problem], None]
"""Told of a server, by name, that failed and takes no part any more."""


def run_rounds(
    servers: Sequence[Server], variant: Variant, pace: Pace, cores: Cores, leave_out: LeaveOut
) -> dict[str, Record]:
    """Warms each server up, then measures A B C, A B C, …: what disturbs the machine for a while disturbs all alike."""
    records: dict[str, Record] = {}

    def warm_up(server: Server, _: int) -> None:
        records[server.kind.name] = _warm_up(server, variant, pace, cores)

    def measure_once(server: Server, number: int) -> None:
        outcome, values = measure(server, variant, pace.seconds, cores)
        resident = server.resident()
        values |= {"memory": resident.own / _MEBIBYTE, "mappedCache": resident.mapped_cache / _MEBIBYTE}
        records[server.kind.name].units += outcome.units
        records[server.kind.name].add(values)
        _say_round(variant, number, pace, server.kind.name, values)

    warm = _interleave({server.kind.name: server for server in servers}, 1, warm_up, leave_out)
    survivors = _interleave(warm, pace.rounds, measure_once, leave_out)
    return {name: records[name] for name in survivors}


def run_probes(
    kinds: Sequence[ServerKind],
    launch: Callable[[ServerKind, Sequence[int]], Server],
    variant: Variant,
    pace: Pace,
    cores: Cores,
    leave_out: LeaveOut,
) -> dict[str, Record]:
    """As run_rounds, with a new server in each round."""
    records = {kind.name: Record() for kind in kinds}

    def measure_once(kind: ServerKind, number: int) -> None:
        values = variant.load.run(lambda on: launch(kind, on), cores)
        records[kind.name].add(values)
        _say_round(variant, number, pace, kind.name, values)

    survivors = _interleave({kind.name: kind for kind in kinds}, pace.rounds, measure_once, leave_out)
    return {name: records[name] for name in survivors}


def _interleave(
    contestants: Mapping[str, _T], rounds: int, act: Callable[[_T, int], None], leave_out: LeaveOut
) -> dict[str, _T]:
    """Acts on each in turn, `rounds` times, and returns those that got through: one that fails is out at once."""
    left = dict(contestants)
    for number in range(1, rounds + 1):
        for name, contestant in list(left.items()):
            try:
                act(contestant, number)
            except Problem as problem:
                del left[name]
                leave_out(name, problem)
    return left


def _warm_up(server: Server, variant: Variant, pace: Pace, cores: Cores) -> Record:
    record = Record()
    if not server.kind.is_jvm:
        if pace.native_warm_up:
            record.units = measure(server, variant, pace.native_warm_up, cores)[0].units
        record.warm_up_seconds = pace.native_warm_up
        return record
    costs: list[float] = []
    start = time.monotonic()
    while record.warm_up_seconds < pace.warm_up_limit:
        compiled, begun = server.compilers(), time.monotonic()
        try:
            outcome, values = measure(server, variant, max(pace.seconds, _WARM_UP_RUN_SECONDS), cores)
            record.units += outcome.units
            costs.append(values["cpu"])
        except NoAnswer:
            costs.append(math.inf)
        compiling = (server.compilers() - compiled) / (time.monotonic() - begun)
        record.warm_up_seconds = time.monotonic() - start
        record.steady = is_steady(costs, _STEADY_TOLERANCE) and compiling <= _IDLE_COMPILERS
        if record.steady and record.warm_up_seconds >= pace.warm_up:
            break
    say(f"{variant.name} warm-up {server.kind.name}: " + " ".join(f"{cost:.3g}" for cost in costs))
    return record


def _say_round(variant: Variant, number: int, pace: Pace, name: str, values: Mapping[str, float]) -> None:
    main = variant.columns[0]
    say(f"{variant.name} {number}/{pace.rounds} {name}: {main.title} {values[main.key]:.3g}")


def say(line: str) -> None:
    """Progress, for people; the report alone goes to standard output."""
    print(f"bench: {line}", file=sys.stderr, flush=True)
