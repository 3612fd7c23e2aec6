"""The command line: see `run --help`."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from . import machine, report
from .load import compile_drain
from .problem import Problem
from .rounds import Cores, Pace
from .scenarios import Bench, Scenario, scenarios
from .servers import Tools
from .site import make_site

_BENCH = Path(__file__).resolve().parent.parent
_JAR = _BENCH.parent / "target" / "sluice.jar"
_SCENARIOS = ("small", "large", "log", "coding", "rules")
_SERVERS = ("sluice", "nginx", "undertow")
_FULL = Pace(rounds=7, seconds=5, warm_up=15, warm_up_limit=45)
_QUICK = Pace(rounds=3, seconds=3, warm_up=6, warm_up_limit=15)
_SITE_BYTES = 1_100_000_000


def main() -> int:
    options = _parse(sys.argv[1:])
    # SIGTERM shall clean up as Ctrl-C does: servers stopped, files gone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        return _run(options)
    except Problem as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _run(options: argparse.Namespace) -> int:
    tools = _tools(options)
    cores = _cores(options.cores)
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder:
        scratch = Path(folder)
        if shutil.disk_usage(scratch).free < _SITE_BYTES:
            raise Problem(f"{tempfile.gettempdir()} has too little room for a 1 GB file (set TMPDIR to another folder)")
        facts = machine.describe(tools, scratch)
        site = make_site(scratch / "site")
        drain = compile_drain(_BENCH / "drain.c", scratch / "drain")
        bench = Bench(tools, site, scratch, options.pace, cores, options.syscalls)
        chosen = _chosen(scenarios(site, _BENCH / "summary.lua", drain), options)
        measured = [result for scenario in chosen for result in bench.run(scenario)]
    markdown = report.as_markdown(facts, options.pace, measured)
    print(markdown)
    results = _BENCH / "results" / ("latest" if _is_whole(options) else "partial")
    results.with_suffix(".md").write_text(markdown)
    results.with_suffix(".json").write_text(report.as_json(facts, options.pace, measured))
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="server/bench/run",
        description="Compares Sluice with nginx and with Undertow's ResourceHandler on this machine: CPU time for each "
        "request and for each GB, rates and latency. A whole run takes about 15 minutes and writes results/latest.md "
        "and .json; one with fewer rounds, scenarios or servers writes results/partial.md and .json.",
    )
    add = parser.add_argument
    add("--quick", action="store_true", help="3 rounds of 3 s, short warm-up: to try, not to publish")
    add("--rounds", type=int, metavar="N", help="rounds of each variant, 1..100 (default 7)")
    add("--scenario", type=_subset(_SCENARIOS), default=_SCENARIOS, metavar="LIST", help="of small,large,log,coding,rules")
    add("--servers", type=_subset(_SERVERS), default=_SERVERS, metavar="LIST", help="of sluice,nginx,undertow")
    add("--syscalls", action="store_true", help="also count system calls, in a traced run of their own")
    add("--java", default="java", metavar="PATH", help="the java of a JDK 17 or later (default: on the path)")
    add("--jar", type=Path, default=_JAR, metavar="FILE", help="another build of sluice.jar")
    add("--cores", metavar="S,L", help="cores for the server and for the load (default: the first two)")
    options = parser.parse_args(arguments)
    if options.rounds is not None and not 1 <= options.rounds <= 100:
        parser.error(f"--rounds: {options.rounds} (expected: 1..100)")
    pace = _QUICK if options.quick else _FULL
    options.pace = replace(pace, rounds=options.rounds) if options.rounds else pace
    return options


def _subset(known: tuple[str, ...]):
    def names(value: str) -> tuple[str, ...]:
        asked = value.split(",")
        for name in asked:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} (expected: some of {','.join(known)})")
        return tuple(name for name in known if name in asked)

    return names


def _chosen(available: list[Scenario], options: argparse.Namespace) -> list[Scenario]:
    chosen = []
    for scenario in available:
        kinds = tuple(kind for kind in scenario.servers if kind.family in options.servers)
        if scenario.name in options.scenario and kinds:
            chosen.append(replace(scenario, servers=kinds))
    if not chosen:
        raise Problem("no scenario is left to run: `log` knows sluice and nginx only")
    return chosen


def _is_whole(options: argparse.Namespace) -> bool:
    """Whether this run may replace the published results."""
    everything = options.scenario == _SCENARIOS and options.servers == _SERVERS and options.jar == _JAR
    return everything and not options.quick and options.pace.rounds >= _FULL.rounds


def _tools(options: argparse.Namespace) -> Tools:
    java = shutil.which(options.java)
    if java is None:
        raise Problem(f"--java: {options.java} is not an executable program")
    if not options.jar.is_file():
        raise Problem(f"{options.jar} does not exist")
    return Tools(str(Path(java).absolute()), options.jar.resolve(), _BENCH / "ResourceHandlerPeer.java")


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


if __name__ == "__main__":
    sys.exit(main())
