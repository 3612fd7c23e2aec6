"""The load generators. Each runs on its own core, and never for longer than it was told and a grace."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Sequence

from . import pagecache
from .problem import NoAnswer, Problem
from .stats import percentile
from .zipf import Trace

_GRACE_SECONDS = 30
_WRK_TIMEOUT_SECONDS = 20
_DOWNLOADS_LEAD_SECONDS = 0.3


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
        return _wrk_outcome(name, _run(name, command, seconds, core, self.openssl), self.gigabytes)


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
        outcome = _wrk_outcome(name, _run(name, command, seconds, core), False)
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
        said = _run(name, [*command, f"https://127.0.0.1:{port}{self.path}"], seconds, core)
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
        got = json.loads(_run(name, command, seconds, core))
        if got["bytes"] != got["responses"] * self.length:
            expected = f"{got['responses']} x {self.length}"
            raise Problem(f"{name}: {got['bytes']} bytes in {got['responses']} downloads (expected: {expected})")
        return Outcome(got["bytes"] / 1e9, got["seconds"], {"rate": got["bytes"] / 1e6 / got["seconds"]})


@dataclass(frozen=True)
class ColdMix:
    """A hot file at a fixed rate, twice: alone, and while each of the `cold` files is downloaded, none of which is in
    the page cache. `cold_path` has a # for the number of the file; each client takes `cold_rate` bytes a second at most,
    as its line would let it, so that the downloads go on for the whole time and leave the load's core some room."""

    pace: Path
    drain: Path
    path: str
    cold_path: str
    cold: Sequence[Path]
    connections: int
    rate: int
    cold_rate: int

    def run(self, name: str, port: int, seconds: float, core: int) -> Outcome:
        alone = self._hot(name, port, seconds, core)
        pagecache.drop(self.cold)
        resident = pagecache.resident_share(self.cold)
        lead = _DOWNLOADS_LEAD_SECONDS
        with _started(self._downloads(port, seconds + 2 * lead), core) as downloads:
            try:
                downloads.wait(lead)
                raise Problem(f"{name}: {_last_line(downloads.communicate()[1])}")
            except subprocess.TimeoutExpired:
                mixed = self._hot(name, port, seconds, core)
            got = json.loads(_output(name, downloads, seconds + _GRACE_SECONDS))
        if got["seconds"] < seconds + lead:
            raise Problem(f"{name}: the cold downloads ended after {got['seconds']:.1f} s (expected: {seconds + lead:.1f})")
        figures = {"p50": mixed["p50"] / 1e3, "p99": mixed["p99"] / 1e3, "max": mixed["max"] / 1e3}
        figures |= {"aloneP99": alone["p99"] / 1e3, "slowdown": mixed["p99"] / alone["p99"]}
        figures |= {"coldRate": got["bytes"] / 1e6 / got["seconds"], "residentBefore": resident}
        return Outcome(alone["requests"] + mixed["requests"], seconds, figures)

    def _hot(self, name: str, port: int, seconds: float, core: int) -> dict[str, float]:
        command = [str(self.pace), str(port), self.path, str(self.connections), str(self.rate), str(seconds)]
        return json.loads(_run(name, command, seconds, core))

    def _downloads(self, port: int, seconds: float) -> list[str]:
        return [str(self.drain), str(port), self.cold_path, str(len(self.cold)), str(seconds), str(self.cold_rate)]


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


def _run(name: str, command: list[str], seconds: float, core: int, openssl: Path | None = None) -> str:
    with _started(command, core, openssl) as process:
        return _output(name, process, seconds + _GRACE_SECONDS)


def _output(name: str, process: subprocess.Popen, seconds: float) -> str:
    program = Path(process.args[3]).name
    try:
        said, complaint = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as cause:
        raise Problem(f"{name}: {program} still ran {_GRACE_SECONDS} s after its time") from cause
    if process.returncode != 0:
        raise Problem(f"{name}: {program} failed: {_last_line(complaint or said) or process.returncode}")
    return said


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]


class _started:
    """A load generator that is gone when the block is left."""

    def __init__(self, command: list[str], core: int, openssl: Path | None = None):
        environment = {**os.environ, "OPENSSL_CONF": str(openssl)} if openssl else None
        self._process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def __enter__(self) -> subprocess.Popen:
        return self._process

    def __exit__(self, *_: object) -> None:
        with self._process:  # closes the pipes and waits
            self._process.kill()
