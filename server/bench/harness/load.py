"""The load generators. Each runs on its own core, and never for longer than it was told and a grace."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping

from .generator import run
from .problem import NoAnswer, Problem
from .stats import percentile
from .zipf import Trace

_WRK_TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class Outcome:
    """What one run of load got: units served (requests, or 10^9 bytes), its wall time, and other figures by key."""

    units: float
    seconds: float
    figures: dict[str, float]


@dataclass(frozen=True)
class Wrk:
    """`connections` keep-alive connections, each with one request under way: a closed loop. `codings` is what is sent
    to each server as Accept-Encoding; to those that are not in it, nothing is. With `openssl`, the file of OpenSSL's
    options, it speaks TLS. With `gigabytes` the unit is 10^9 bytes instead of a request."""

    script: Path
    path: str
    connections: int
    codings: Mapping[str, str] = field(default_factory=dict)
    openssl: Path | None = None
    gigabytes: bool = False

    def run(self, name: str, port: int, seconds: float, core: int) -> Outcome:
        more = ["-H", f"Accept-Encoding: {self.codings[name]}"] if name in self.codings else []
        scheme = "https" if self.openssl else "http"
        command = [*_wrk(self.script, self.connections, seconds), *more, f"{scheme}://127.0.0.1:{port}{self.path}"]
        return _wrk_outcome(name, run(name, command, seconds, core, self.openssl), self.gigabytes)


@dataclass(frozen=True)
class Replay:
    """As Wrk, but the requests are those of a trace, and each run goes on where the last one against that server
    ended: a run that began anew would teach caches the beginning by heart."""

    script: Path
    trace: Trace
    connections: int
    _played: dict[tuple[str, int], int] = field(default_factory=dict)

    def run(self, name: str, port: int, seconds: float, core: int) -> Outcome:
        start = self._played.get((name, port), 0)
        arguments = ["--", str(self.trace.requests), str(self.trace.order), str(start)]
        command = [*_wrk(self.script, self.connections, seconds), f"http://127.0.0.1:{port}/", *arguments]
        outcome = _wrk_outcome(name, run(name, command, seconds, core), False)
        self._played[name, port] = start + int(outcome.units)
        return outcome


@dataclass(frozen=True)
class H2load:
    """HTTP/2 over TLS: `connections` connections with `streams` requests under way on each. Its log, a line for each
    request, goes into `scratch`."""

    path: str
    connections: int
    streams: int
    scratch: Path

    def run(self, name: str, port: int, seconds: float, core: int) -> Outcome:
        log = self.scratch / "h2load.log"
        log.unlink(missing_ok=True)
        command = ["h2load", "-t1", f"-c{self.connections}", f"-m{self.streams}", f"-D{round(seconds)}"]
        command += ["--tls13-ciphers=TLS_AES_128_GCM_SHA256", f"--log-file={log}"]
        said = run(name, [*command, f"https://127.0.0.1:{port}{self.path}"], seconds, core)
        if "Application protocol: h2" not in said:
            raise Problem(f"{name}: h2load did not get HTTP/2")
        return h2load_outcome(name, said, log.read_text())


def h2load_outcome(name: str, said: str, log: str) -> Outcome:
    """From h2load's summary and its log, whose columns are start, status, and microseconds."""
    counts = re.search(r"^requests: .* (\d+) succeeded, (\d+) failed, (\d+) errored", said, re.MULTILINE)
    wall = re.search(r"^finished in ([\d.]+)(ms|s|m), ", said, re.MULTILINE)
    if counts is None or wall is None:
        raise Problem(f"{name}: h2load printed no summary")
    succeeded, failed, errored = map(int, counts.groups())
    if not (failed or errored or succeeded):
        raise NoAnswer(f"{name}: h2load got no answer")
    if failed or errored:
        raise Problem(f"{name}: h2load counted {succeeded} succeeded, {failed} failed, {errored} errored")
    seconds = float(wall[1]) * {"ms": 1e-3, "s": 1, "m": 60}[wall[2]]
    rows = (line.split("\t") for line in log.splitlines())
    micros = sorted(int(row[2]) for row in rows if len(row) == 3 and row[1] == "200")
    if not micros:
        raise Problem(f"{name}: h2load got no answer with status 200")
    figures = {"p50": percentile(micros, 0.5) / 1e3, "p99": percentile(micros, 0.99) / 1e3}
    return Outcome(succeeded, seconds, {"rate": succeeded / seconds, **figures})


@dataclass(frozen=True)
class Drain:
    """Whole downloads, one after another on each of `connections` connections, thrown away inside the kernel."""

    binary: Path
    path: str
    length: int
    connections: int

    def run(self, name: str, port: int, seconds: float, core: int) -> Outcome:
        command = [str(self.binary), str(port), self.path, str(self.connections), str(seconds)]
        got = json.loads(run(name, command, seconds, core))
        if got["bytes"] != got["responses"] * self.length:
            expected = f"{got['responses']} x {self.length}"
            raise Problem(f"{name}: {got['bytes']} bytes in {got['responses']} downloads (expected: {expected})")
        return Outcome(got["bytes"] / 1e9, got["seconds"], {"rate": got["bytes"] / 1e6 / got["seconds"]})


def write_openssl_options(file: Path) -> Path:
    """For wrk, which can't be told otherwise: TLS 1.3 with the cipher that browsers ask for first, so that all servers
    encrypt alike, whatever they would prefer."""
    file.write_text(
        "openssl_conf = main\n[main]\nssl_conf = ssl\n[ssl]\nsystem_default = only\n"
        "[only]\nMinProtocol = TLSv1.3\nCiphersuites = TLS_AES_128_GCM_SHA256\n"
    )
    return file


def _wrk(script: Path, connections: int, seconds: float) -> list[str]:
    timing = [f"-d{round(seconds)}s", "--timeout", f"{_WRK_TIMEOUT_SECONDS}s"]
    return ["wrk", "-t1", f"-c{connections}", *timing, "-s", str(script)]


def _wrk_outcome(name: str, said: str, gigabytes: bool) -> Outcome:
    got = json.loads(said.splitlines()[-1])
    for fault in ("status_errors", "socket_errors", "timeouts"):
        if got[fault]:
            raise Problem(f"{name}: wrk counted {got[fault]} {fault.replace('_', ' ')} (expected: 0)")
    if not got["bytes" if gigabytes else "requests"]:
        raise NoAnswer(f"{name}: wrk got no answer")
    wall = got["microseconds"] / 1e6
    latencies = {"p50": got["p50"] / 1e3, "p99": got["p99"] / 1e3}
    if gigabytes:  # with the parts of those downloads that the end of the run cut off
        return Outcome(got["bytes"] / 1e9, wall, {"rate": got["bytes"] / 1e6 / wall, **latencies})
    return Outcome(got["requests"], wall, {"rate": got["requests"] / wall, **latencies})
