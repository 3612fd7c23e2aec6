"""Runs one scenario: prepares its files, starts its servers, has them prove themselves, measures, cleans up."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Sequence

from .answers import Check, Head, check_answer
from .problem import Problem
from .rounds import Cores, Pace, Record, Variant, run_probes, run_rounds, say
from .scenario import Kit, Prepared, Scenario, Sizes
from .servers import Place, Server, ServerKind, Tls, Tools, free_port
from .syscalls import per_unit, traced

_SYSCALL_SECONDS = 2


@dataclass(frozen=True)
class Measured:
    """A variant's outcome. `log_lines` is how many lines each server logged for one request (empty: no logging)."""

    variant: Variant
    heads: dict[str, Head]
    records: dict[str, Record]
    log_lines: dict[str, float]


@dataclass
class Outcomes:
    """What a scenario yielded, for each server that was left out, why, and whether that was because one failed."""

    measured: list[Measured] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    failed: bool = False

    def leave_out(self, name: str, problem: Problem) -> None:
        """A server that failed."""
        self.failed = True
        self.note(name, str(problem).removeprefix(f"{name}: "))

    def note(self, name: str, why: str) -> None:
        self.left_out[name] = why
        say(f"left out: {name}: {why}")


@dataclass(frozen=True)
class Bench:
    """Everything that a scenario needs to run."""

    tools: Tools
    tls: Tls
    lua: Path
    scratch: Path
    pace: Pace
    sizes: Sizes
    cores: Cores
    syscalls: bool

    def run(self, scenario: Scenario, kinds: Sequence[ServerKind]) -> Outcomes:
        """Measures some of the scenario's servers. One that is missing or fails is left out and said; it is a Problem
        when nobody is left."""
        outcomes = Outcomes()
        there = [kind for kind in kinds if self._is_there(kind, outcomes)]
        if not there:
            raise Problem(f"{scenario.name}: no server is left to measure")
        with tempfile.TemporaryDirectory(prefix=f"{scenario.name}-", dir=self.scratch) as folder:
            kit = Kit(Path(folder) / "site", Path(folder), self.tools.built, self.lua, self.sizes)
            kit.site.mkdir()
            say(f"{scenario.name}: preparing")
            prepared = scenario.prepare(kit)
            if scenario.fresh:
                self._run_fresh(scenario, prepared, there, kit, outcomes)
            else:
                self._run_together(scenario, prepared, there, kit, outcomes)
        return outcomes

    def _is_there(self, kind: ServerKind, outcomes: Outcomes) -> bool:
        if kind.program(self.tools):
            return True
        outcomes.note(kind.name, "not installed")
        return False

    def _run_together(
        self, scenario: Scenario, prepared: Prepared, kinds: Sequence[ServerKind], kit: Kit, outcomes: Outcomes
    ) -> None:
        """All servers run at once, the idle ones asleep."""
        with ExitStack() as stack:
            running: list[Server] = []
            heads: dict[str, Head] = {}
            for kind in kinds:
                try:
                    server = stack.enter_context(self._server(scenario, prepared, kit, kind, [self.cores.server]))
                    heads[kind.name] = _checked(server, scenario, prepared.checks)
                    running.append(server)
                except Problem as problem:
                    outcomes.leave_out(kind.name, problem)
            finished = []
            for variant in prepared.variants:
                records = run_rounds(running, variant, self.pace, self.cores, outcomes.leave_out)
                if self.syscalls:
                    self._count_syscalls(
                        [server for server in running if server.kind.name in records], variant, records
                    )
                finished.append((variant, records))
        # Only now: what a server buffers of its log reaches the file at the latest when it stops.
        lines = {server.kind.name: _log_lines(server) for server in running if server.access_log}
        for variant, records in finished:
            per_request = {name: lines[name] / record.units for name, record in records.items() if name in lines}
            outcomes.measured.append(Measured(variant, heads, records, per_request))

    def _run_fresh(
        self, scenario: Scenario, prepared: Prepared, kinds: Sequence[ServerKind], kit: Kit, outcomes: Outcomes
    ) -> None:
        """Each server proves itself first, once, which also makes what a launcher keeps for later starts."""
        launch = partial(self._server, scenario, prepared, kit)
        heads, proven = {}, []
        for kind in kinds:
            try:
                with launch(kind, [self.cores.server]) as server:
                    heads[kind.name] = _checked(server, scenario, prepared.checks)
                proven.append(kind)
            except Problem as problem:
                outcomes.leave_out(kind.name, problem)
        for variant in prepared.variants:
            records = run_probes(proven, launch, variant, self.pace, self.cores, outcomes.leave_out)
            outcomes.measured.append(Measured(variant, heads, records, {}))

    def _server(
        self, scenario: Scenario, prepared: Prepared, kit: Kit, kind: ServerKind, cores: Sequence[int]
    ) -> Server:
        scratch = Path(tempfile.mkdtemp(prefix=f"{kind.name}-", dir=kit.scratch))
        log = scratch / "access.log" if scenario.logs else None
        tls = self.tls if scenario.tls else None
        file = prepared.checks[0].file.source
        place = Place(kit.site, free_port(), scratch, log, tls, prepared.connections, file)
        return Server(kind, self.tools, place, cores)

    def _count_syscalls(self, running: Sequence[Server], variant: Variant, records: dict[str, Record]) -> None:
        for server in running:
            name = server.kind.name
            say(f"{variant.name} {name}: counting system calls")
            with traced(server, self.scratch) as counts:
                units = variant.load.run(name, server.port, _SYSCALL_SECONDS, self.cores.load).units
            records[name].syscalls = per_unit(counts, units)
            records[name].units += units


def _checked(server: Server, scenario: Scenario, checks: Sequence[Check]) -> Head:
    """The head of the first answer; a content coding is asked of all of them."""
    name = server.kind.name
    coding = scenario.codings.get(name, "identity")
    wanted = [Check(check.file, coding) if coding != "identity" else check for check in checks]
    return [check_answer(name, server.port, check, scenario.tls) for check in wanted][0]


def _log_lines(server: Server) -> int:
    with server.access_log.open("rb") as log:
        return sum(block.count(b"\n") for block in iter(lambda: log.read(1 << 20), b""))
