"""System calls per request, by strace: a separate short run, since a traced server is several times slower."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from .problem import Problem
from .servers import Server

_ATTACH_SECONDS = 10
_DETACH_SECONDS = 10
_POLL_SECONDS = 0.1
_SHOWN_FROM = 0.005


@contextmanager
def traced(server: Server, scratch: Path) -> Iterator[dict[str, int]]:
    """Traces the server inside the `with` block. The dictionary, calls by name, is filled when the block is left."""
    table, words = scratch / "syscalls", scratch / "strace"
    command = ["strace", "-f", "-c", "-o", str(table)]
    for pid in server.pids:
        command += ["-p", str(pid)]
    with words.open("wb") as output:
        tracer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    counts: dict[str, int] = {}
    try:
        _await_attached(server, tracer, words)
        yield counts
    finally:
        _detach(tracer)
    counts.update(parse_table(table.read_text()))


def per_unit(counts: dict[str, int], units: float) -> dict[str, float]:
    """Calls for each unit. Those rarer than one in 200 units, a JVM's housekeeping, are left out."""
    return {call: count / units for call, count in counts.items() if count / units >= _SHOWN_FROM}


def parse_table(table: str) -> dict[str, int]:
    """The `calls` column of `strace -c`, by system call, most frequent first. The `errors` column may be blank."""
    counts = {}
    for line in table.splitlines():
        words = line.split()
        if len(words) in (5, 6) and words[3].isdigit() and words[-1] != "total":
            counts[words[-1]] = int(words[3])
    return dict(sorted(counts.items(), key=lambda entry: -entry[1]))


def _detach(tracer: subprocess.Popen) -> None:
    tracer.send_signal(signal.SIGINT)  # on which strace lets its processes go and writes the table
    try:
        tracer.wait(_DETACH_SECONDS)
    except subprocess.TimeoutExpired:
        tracer.kill()
        tracer.wait()


def _await_attached(server: Server, tracer: subprocess.Popen, words: Path) -> None:
    deadline = time.monotonic() + _ATTACH_SECONDS
    while time.monotonic() < deadline and tracer.poll() is None:
        said = words.read_text(errors="replace")
        if all(f"Process {pid} attached" in said for pid in server.pids):
            return
        time.sleep(_POLL_SECONDS)
    said = words.read_text(errors="replace").strip().splitlines()
    raise Problem(f"{server.kind.name}: strace could not attach: {said[-1] if said else 'it said nothing'}")
