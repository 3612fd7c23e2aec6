"""One run: the scenarios that were asked for, one after the other, each written into the results as it ends."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Mapping

from . import chart, machine, options, report, sections
from .bench import Bench
from .build import make_tls, make_tools
from .options import Options
from .probes import raise_descriptor_limit
from .problem import Problem
from .rounds import say
from .scenario import Scenario
from .scenarios import SCENARIOS
from .sections import Circumstances

_BENCH = Path(__file__).resolve().parent.parent
_JAR = _BENCH.parent / "target" / "sluice.jar"
_RESULTS = _BENCH / "results"
_LARGEST_SITE_BYTES = 4_600_000_000


def main() -> int:
    # SIGTERM shall clean up as Ctrl-C does: servers stopped, files gone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        return _run(options.parse(sys.argv[1:], _JAR))
    except Problem as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _run(asked: Options) -> int:
    """1 if a scenario or a server failed; the others are measured all the same."""
    java = shutil.which(asked.java)
    if java is None:
        raise Problem(f"--java: {asked.java} is not an executable program")
    if not asked.jar.is_file():
        raise Problem(f"{asked.jar} does not exist")
    os.sched_setaffinity(0, {asked.cores.load})  # what this program does itself must not fall on the servers
    failed = []
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder:
        scratch = Path(folder)
        if shutil.disk_usage(scratch).free < _LARGEST_SITE_BYTES:
            raise Problem(
                f"{tempfile.gettempdir()} has too little room: 4.6 GB are needed (set TMPDIR to another folder)"
            )
        bench, facts = _bench(asked, scratch, java)
        partial = sections.empty()
        for scenario in _asked_for(asked):
            try:
                partial, has_failed = _measure(asked, bench, scenario, facts, partial)
            except Problem as problem:
                say(f"failed: {problem}")
                has_failed = True
            failed += [scenario.name] if has_failed else []
    print(report.as_markdown(partial, "partial.svg"))
    if failed:
        say(f"failed, wholly or in part: {', '.join(failed)}")
    return 1 if failed else 0


def _asked_for(asked: Options) -> list[Scenario]:
    return [scenario for scenario in SCENARIOS if scenario.name in asked.scenarios]


def _bench(asked: Options, scratch: Path, java: str) -> tuple[Bench, Mapping[str, str]]:
    connections = raise_descriptor_limit(asked.sizes.idle_connections)
    if connections < asked.sizes.idle_connections:
        say(f"the limit of open files allows {connections} idle connections only")
    with_jetty = any(kind.family == "jetty" for scenario in _asked_for(asked) for kind in asked.chosen(scenario))
    tools = make_tools(_BENCH, scratch, str(Path(java).absolute()), asked.jar.resolve(), with_jetty)
    sizes = replace(asked.sizes, idle_connections=connections)
    bench = Bench(tools, make_tls(scratch), _BENCH / "lua", scratch, asked.pace, sizes, asked.cores, asked.syscalls)
    return bench, machine.describe(tools, scratch)


def _measure(
    asked: Options, bench: Bench, scenario: Scenario, facts: Mapping[str, str], partial: dict
) -> tuple[dict, bool]:
    """The document of this run with this scenario's section added, and whether a server failed."""
    kinds = asked.chosen(scenario)
    if not kinds:
        say(f"{scenario.name}: has none of the chosen servers")
        return partial, False
    earnest = not asked.quick and asked.jar.resolve() == _JAR.resolve()
    about = Circumstances(machine.now(), machine.commit(), machine.load_average(), facts, asked.pace, earnest)
    start = time.monotonic()
    outcomes = bench.run(scenario, kinds)
    say(f"{scenario.name}: done in {time.monotonic() - start:.0f} s")
    made = sections.section(scenario, outcomes, about)
    partial = sections.replaced(partial, scenario.name, made)
    _write("partial", partial)
    if made["fullStrength"]:
        _write("latest", sections.replaced(sections.load(_RESULTS / "latest.json"), scenario.name, made))
    return partial, outcomes.failed


def _write(name: str, document: Mapping) -> None:
    results = _RESULTS / name
    results.with_suffix(".json").write_text(sections.as_json(document))
    results.with_suffix(".svg").write_text(chart.as_svg(document))
    results.with_suffix(".md").write_text(report.as_markdown(document, f"{name}.svg"))


if __name__ == "__main__":
    sys.exit(main())
