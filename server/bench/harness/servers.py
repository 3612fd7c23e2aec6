"""A server process: how it is started, pinned, watched and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Sequence

from . import cputime, memory
from .cputime import CpuTime
from .memory import Resident
from .problem import Problem

_START_SECONDS = 30
_STOP_SECONDS = 10
_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Tools:
    """Where things are; None: not to be had. `built` holds the C programs, `classes` the compiled Java peers."""

    java: str
    jar: Path
    launcher: Path | None
    built: Path
    classes: Path
    jetty: Path | None

    def program(self, name: str) -> str | None:
        """The path of a program that is installed."""
        return shutil.which(name)


@dataclass(frozen=True)
class Tls:
    """A certificate and its key, both in PEM."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class Place:
    """What a server is told: the folder to serve, its port, a folder of its own, where to log (None: nowhere), the
    certificate (None: plain HTTP), how many connections will come, and for the floors the one file that they know."""

    site: Path
    port: int
    scratch: Path
    access_log: Path | None
    tls: Tls | None
    connections: int
    file: Path


@dataclass(frozen=True)
class ServerKind:
    """`family` is what --servers selects; `command` may write files into its scratch folder; `program` says what must
    be there to run it: None means that it isn't."""

    name: str
    family: str
    is_jvm: bool
    command: Callable[[Tools, Place], list[str]]
    program: Callable[[Tools], object | None]


class Server:
    """A server process that this harness started, with its children. Use it as a context manager: leaving stops it.

    `started` is the moment just before the process began, in seconds of time.monotonic().
    """

    def __init__(self, kind: ServerKind, tools: Tools, place: Place, cores: Sequence[int]):
        self.kind = kind
        self.port = place.port
        self.access_log = place.access_log
        self.pids: list[int] = []
        self._output = place.scratch / "output"
        command = ["taskset", "-c", ",".join(map(str, cores)), *kind.command(tools, place)]
        with self._output.open("wb") as output:
            self.started = time.monotonic()
            # A session of its own, so that stopping the group reaches nginx's worker and nothing that is not ours.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=place.scratch,
                start_new_session=True,
            )

    def __enter__(self) -> Server:
        try:
            self._await(self._accepts, _POLL_SECONDS)
        except BaseException:
            self.stop()
            raise
        self.find_children()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def find_children(self) -> None:
        """From now on they count as part of the server."""
        self.pids = [self._process.pid, *cputime.children(self._process.pid)]

    def await_answer(self, path: str, poll_seconds: float) -> float:
        """Asks until a GET of `path` is answered with 200, and returns the seconds since the process began."""
        self._await(lambda: self._answers(path), poll_seconds)
        return time.monotonic() - self.started

    def cpu(self) -> CpuTime:
        """The CPU time of the whole server so far."""
        with self._all_alive():
            return cputime.of_processes(self.pids)

    def compilers(self) -> float:
        """The seconds of CPU time of a JVM's compilers so far."""
        with self._all_alive():
            return cputime.of_compilers(self.pids)

    def resident(self) -> Resident:
        """The memory of the whole server now."""
        with self._all_alive():
            return memory.of_processes(self.pids)

    def proportional_memory(self) -> int:
        """As `resident`, in bytes, by the kernel's own division of shared pages."""
        with self._all_alive():
            return memory.proportional(self.pids)

    def last_words(self) -> str:
        """The last line that the server wrote to its standard streams."""
        lines = self._output.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it printed nothing"

    def stop(self) -> None:
        """Ends the process group, gently first, with whatever is left of it. Does nothing to one that is gone."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_SECONDS)

    @contextmanager
    def _all_alive(self) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, ProcessLookupError) as cause:
            raise Problem(f"{self.kind.name}: a process of it ended unexpectedly: {self.last_words()}") from cause

    def _accepts(self) -> bool:
        socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        return True

    def _answers(self, path: str) -> bool:
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as asked:
            asked.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
            return asked.recv(64).startswith(b"HTTP/1.1 200 ")

    def _await(self, happens: Callable[[], bool], poll_seconds: float) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            status = self._process.poll()
            if status is not None:
                raise Problem(f"{self.kind.name}: exited with status {status} before it answered: {self.last_words()}")
            with suppress(OSError):
                if happens():
                    return
            time.sleep(poll_seconds)
        raise Problem(f"{self.kind.name}: did not answer within {_START_SECONDS} s: {self.last_words()}")


def free_port() -> int:
    """A loopback port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
