"""The command line: see `run --help`."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable, Sequence

from .problem import Problem
from .rounds import Cores, Pace
from .scenario import Scenario, Sizes
from .scenarios import SCENARIOS
from .sections import LEAST_ROUNDS
from .servers import ServerKind
from .targets import servers_in_targets

SCENARIO_NAMES = tuple(scenario.name for scenario in SCENARIOS)
FAMILIES = ("sluice", "nginx", "lighttpd", "h2o", "caddy", "undertow", "jetty", "floor")

_FULL = Pace(rounds=LEAST_ROUNDS, seconds=3, warm_up=9, warm_up_limit=90, native_warm_up=2)
_QUICK = Pace(rounds=2, seconds=1, warm_up=3, warm_up_limit=3, native_warm_up=0)
_FULL_SIZES = Sizes(ranged_blocks=4000, idle_connections=10_000, crowd=1_000_000)
_QUICK_SIZES = Sizes(ranged_blocks=1000, idle_connections=10_000, crowd=10_000)


@dataclass(frozen=True)
class Options:
    """What was asked for; no families means that none were named."""

    quick: bool
    pace: Pace
    sizes: Sizes
    scenarios: tuple[str, ...]
    families: tuple[str, ...] | None
    syscalls: bool
    java: str
    jar: Path
    cores: Cores

    def chosen(self, scenario: Scenario) -> list[ServerKind]:
        """The servers of a scenario that are to be measured."""
        if self.families is not None:
            return [kind for kind in scenario.servers if kind.family in self.families]
        if not self.quick:
            return list(scenario.servers)
        # Of the others, a quick run has time for those only that ratios or targets are about.
        needed = {*scenario.baselines, *servers_in_targets(scenario.name)}
        return [kind for kind in scenario.servers if kind.family == "sluice" or kind.name in needed]


def parse(arguments: Sequence[str], own_jar: Path) -> Options:
    """Exits with 2 and a usage line where the arguments are wrong."""
    parser = _parser(own_jar)
    given = parser.parse_args(arguments)
    if given.rounds is not None and not 1 <= given.rounds <= 100:
        parser.error(f"--rounds: {given.rounds} (expected: 1..100)")
    pace = _QUICK if given.quick else _FULL
    return Options(
        given.quick,
        replace(pace, rounds=given.rounds) if given.rounds else pace,
        _QUICK_SIZES if given.quick else _FULL_SIZES,
        given.scenario,
        given.servers,
        given.syscalls,
        given.java,
        given.jar,
        _cores(given.cores),
    )


def _parser(own_jar: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="server/bench/run",
        description="Compares Sluice with other servers on this machine: CPU time for each request and each GB, rates, "
        "latency, memory and start-up. A whole run takes about 40 minutes. Each scenario that was measured at full "
        f"strength (all servers, {LEAST_ROUNDS} rounds or more, this tree's jar) replaces its section of "
        "results/latest.*; anything else goes to results/partial.*.",
    )
    add = parser.add_argument
    add("--quick", action="store_true", help="all scenarios in five minutes, few short rounds: to try, not to publish")
    add("--rounds", type=int, metavar="N", help=f"rounds of each variant, 1..100 (default {_FULL.rounds})")
    add(
        "--scenario",
        type=_subset(SCENARIO_NAMES),
        default=SCENARIO_NAMES,
        metavar="LIST",
        help=f"of {','.join(SCENARIO_NAMES)}",
    )
    add("--servers", type=_subset(FAMILIES), metavar="LIST", help=f"of {','.join(FAMILIES)}")
    add("--syscalls", action="store_true", help="also count system calls, in a traced run of their own")
    add("--java", default="java", metavar="PATH", help="the java of a JDK 17 or later (default: on the path)")
    add("--jar", type=Path, default=own_jar, metavar="FILE", help="another build of sluice.jar")
    add("--cores", metavar="S,L", help="cores for the server and for the load (default: the first two)")
    return parser


def _subset(known: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    def names(value: str) -> tuple[str, ...]:
        asked = value.split(",")
        for name in asked:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} (expected: some of {','.join(known)})")
        return tuple(name for name in known if name in asked)

    return names


def _cores(asked: str | None) -> Cores:
    allowed = sorted(os.sched_getaffinity(0))
    if asked is None:
        if len(allowed) < 2:
            raise Problem("one core only (expected: two, one for the server and one for the load)")
        return Cores(*allowed[:2])
    words = asked.split(",")
    if len(words) != 2 or not all(word.isdigit() and int(word) in allowed for word in words) or words[0] == words[1]:
        raise Problem(f"--cores: {asked} (expected: two different cores out of {allowed})")
    return Cores(int(words[0]), int(words[1]))
