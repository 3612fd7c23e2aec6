"""The two load generators. Each runs on its own core, and never for longer than it was told and a grace."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping

from .problem import Problem

_GRACE_SECONDS = 30


@dataclass(frozen=True)
class Outcome:
    """What one run of load got: units served (requests, or 10^9 bytes), its wall time, and other figures by key."""

    units: float
    seconds: float
    figures: dict[str, float]


@dataclass(frozen=True)
class Wrk:
    """`connections` keep-alive connections, each with one request under way: a closed loop. `codings` is what is sent
    to each server as Accept-Encoding; to those that are not in it, nothing is."""

    script: Path
    path: str
    connections: int
    codings: Mapping[str, str] = field(default_factory=dict)

    def run(self, name: str, port: int, seconds: float, core: int) -> Outcome:
        command = ["wrk", "-t1", f"-c{self.connections}", f"-d{round(seconds)}s", "-s", str(self.script)]
        if name in self.codings:
            command += ["-H", f"Accept-Encoding: {self.codings[name]}"]
        said = _run(name, [*command, f"http://127.0.0.1:{port}{self.path}"], seconds, core)
        got = json.loads(said.splitlines()[-1])
        for fault in ("status_errors", "socket_errors", "timeouts"):
            if got[fault]:
                raise Problem(f"{name}: wrk counted {got[fault]} {fault.replace('_', ' ')} (expected: 0)")
        if not got["requests"]:
            raise Problem(f"{name}: wrk got no answer in {seconds} s")
        wall = got["microseconds"] / 1e6
        return Outcome(got["requests"], wall, {"rate": got["requests"] / wall, "p99": got["p99"] / 1e3})


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


def compile_drain(source: Path, target: Path) -> Path:
    """The download client, built with gcc, which the report names."""
    command = ["gcc", "-O2", "-o", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_GRACE_SECONDS)
    if done.returncode != 0:
        raise Problem(f"gcc could not compile {source.name}: {done.stderr.strip().splitlines()[0]}")
    return target


def _run(name: str, command: list[str], seconds: float, core: int) -> str:
    pinned = ["taskset", "-c", str(core), *command]
    try:
        done = subprocess.run(
            pinned, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds + _GRACE_SECONDS
        )
    except subprocess.TimeoutExpired as cause:
        raise Problem(f"{name}: {Path(command[0]).name} still ran {_GRACE_SECONDS} s after its time") from cause
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise Problem(f"{name}: {Path(command[0]).name} failed: {words[-1] if words else done.returncode}")
    return done.stdout
