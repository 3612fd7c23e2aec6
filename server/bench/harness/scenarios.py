"""What is measured: scenarios, each with fresh servers, and the variants of load that they get."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator, Mapping, Sequence

from . import servers as kinds
from .load import Drain, Wrk
from .rounds import Cores, Pace, Record, Variant, run_rounds, say
from .servers import Place, Server, ServerKind, Tools, free_port
from .site import Head, Site, SiteFile, check_answer
from .syscalls import per_unit, traced

_SYSCALL_SECONDS = 2


@dataclass(frozen=True)
class Scenario:
    """`baselines` are the servers that the others' ratios are of; `codings` the content codings that servers are asked
    for, where it is not identity."""

    name: str
    file: SiteFile
    servers: Sequence[ServerKind]
    baselines: Sequence[str]
    logs: bool
    variants: Sequence[Variant]
    codings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """A variant's outcome. `log_lines` is how many lines each server logged for one request (empty: no logging)."""

    variant: Variant
    baselines: Sequence[str]
    heads: dict[str, Head]
    records: dict[str, Record]
    log_lines: dict[str, float]


@dataclass(frozen=True)
class Bench:
    """Everything that a scenario needs to run."""

    tools: Tools
    site: Site
    scratch: Path
    pace: Pace
    cores: Cores
    syscalls: bool

    def run(self, scenario: Scenario) -> Iterator[Measured]:
        """Starts the scenario's servers, checks that they serve the file, measures each variant and stops them."""
        finished = []
        with ExitStack() as stack:
            running = [stack.enter_context(self._server(kind, scenario)) for kind in scenario.servers]
            heads = {server.kind.name: _checked(server, scenario) for server in running}
            for variant in scenario.variants:
                records = run_rounds(running, variant, self.pace, self.cores)
                if self.syscalls:
                    self._count_syscalls(running, variant, records)
                finished.append((variant, records))
        # Only now: what a server buffers of its log reaches the file at the latest when it stops.
        lines = {server.kind.name: _log_lines(server) for server in running if server.access_log}
        for variant, records in finished:
            per_request = {name: lines[name] / records[name].units for name in lines}
            yield Measured(variant, scenario.baselines, heads, records, per_request)

    def _server(self, kind: ServerKind, scenario: Scenario) -> Server:
        scratch = self.scratch / f"{scenario.name}-{kind.name}"
        scratch.mkdir()
        log = scratch / "access.log" if scenario.logs else None
        return Server(kind, self.tools, Place(self.site.root, free_port(), scratch, log), self.cores.server)

    def _count_syscalls(self, running: Sequence[Server], variant: Variant, records: dict[str, Record]) -> None:
        for server in running:
            name = server.kind.name
            say(f"{variant.name} {name}: counting system calls")
            with traced(server, self.scratch) as counts:
                units = variant.load.run(name, server.port, _SYSCALL_SECONDS, self.cores.load).units
            records[name].syscalls = per_unit(counts, units)
            records[name].units += units


def _checked(server: Server, scenario: Scenario) -> Head:
    name = server.kind.name
    return check_answer(name, server.port, scenario.file, scenario.codings.get(name, "identity"))


def scenarios(site: Site, wrk_script: Path, drain: Path) -> list[Scenario]:
    """All of them, in the order in which they run."""
    wrk = Wrk(wrk_script, site.small.path, 64)
    codings = {"sluice-br": "br", "nginx-gzip": "gzip", "nginx-gzip-static": "gzip"}
    # What browsers send: the best that the server has wins.
    asked = {name: "br, gzip" for name in codings}
    coded = Wrk(wrk_script, site.page.path, 64, asked)
    requests = ("µs/request", 1e6, "requests/s")
    return [
        Scenario(
            "small",
            site.small,
            (kinds.SLUICE, kinds.NGINX, kinds.UNDERTOW),
            ("nginx",),
            False,
            [Variant("small", "1 KiB over 64 keep-alive connections", wrk, *requests)],
        ),
        Scenario(
            "large",
            site.large,
            (kinds.SLUICE, kinds.NGINX, kinds.NGINX_NOPUSH_OFF, kinds.UNDERTOW),
            ("nginx", "nginx-nopush-off"),
            False,
            [_download(site, drain, 1), _download(site, drain, 4)],
        ),
        Scenario(
            "log",
            site.small,
            (kinds.SLUICE, kinds.NGINX, kinds.NGINX_BUFFERED),
            ("nginx", "nginx-buffer64k"),
            True,
            [Variant("log", "1 KiB over 64 keep-alive connections, with an access log", wrk, *requests)],
        ),
        Scenario(
            "coding",
            site.page,
            (kinds.SLUICE_IDENTITY, kinds.SLUICE_BR, kinds.NGINX_GZIP_STATIC, kinds.NGINX_GZIP),
            ("sluice-identity", "nginx-gzip-static"),
            False,
            [Variant("coding", "16 KiB of HTML over 64 keep-alive connections, coded", coded, *requests)],
            codings,
        ),
        Scenario(
            "rules",
            site.small,
            (kinds.SLUICE, kinds.SLUICE_RULES),
            ("sluice",),
            False,
            [Variant("rules", "1 KiB over 64 keep-alive connections, without rules and with ten", wrk, *requests)],
        ),
    ]


def _download(site: Site, drain: Path, connections: int) -> Variant:
    title = f"1 GB file, {connections} download{'s' if connections > 1 else ''} at a time"
    load = Drain(drain, site.large.path, site.large.length, connections)
    return Variant(f"large-{connections}", title, load, "s/GB", 1, "MB/s")


def _log_lines(server: Server) -> int:
    with server.access_log.open("rb") as log:
        return sum(block.count(b"\n") for block in iter(lambda: log.read(1 << 20), b""))
