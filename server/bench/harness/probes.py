"""What takes a new server each time: the memory of idle connections, and the time to the first answer."""

from __future__ import annotations

import json
import resource
import select
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Sequence

from . import cputime, memory
from .problem import Problem
from .rounds import Cores, Load
from .servers import Server

_OPEN_SECONDS = 60
_SETTLE_SECONDS = 1
_JVM_WARM_UP_SECONDS, _NATIVE_WARM_UP_SECONDS = 3, 1
_START_POLL_SECONDS = 0.001
_SPARE_DESCRIPTORS = 500


@dataclass(frozen=True)
class Idle:
    """Bytes of memory for each of `connections` keep-alive connections that had one answer and now wait.

    Before the first look the server gets `load`, a JVM for longer: what it takes once and for all, the code that it
    compiles and the young generation that it fills, must not be charged to the connections.
    """

    binary: Path
    path: str
    connections: int
    load: Load

    def run(self, launch: Callable[[Sequence[int]], Server], cores: Cores) -> dict[str, float]:
        with launch([cores.server]) as server:
            name = server.kind.name
            warm_up = _JVM_WARM_UP_SECONDS if server.kind.is_jvm else _NATIVE_WARM_UP_SECONDS
            self.load.run(name, server.port, warm_up, cores.load)
            time.sleep(_SETTLE_SECONDS)
            user, kernel = server.proportional_memory(), memory.kernel_bytes()
            with self._connections(server, cores.load):
                time.sleep(_SETTLE_SECONDS)
                grown = server.proportional_memory() - user
                kernel_grown = memory.kernel_bytes() - kernel
        return {
            "bytes": grown / self.connections,
            "kernelBytes": kernel_grown / self.connections,
            "before": user / 2**20,
        }

    @contextmanager
    def _connections(self, server: Server, core: int) -> Iterator[None]:
        """Open inside the block; leaving it proves that all of them still answer, and closes them."""
        limit = 2 * _OPEN_SECONDS
        command = [str(self.binary), str(server.port), self.path, str(self.connections), str(limit)]
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        name = server.kind.name
        with process:
            try:
                readable, _, _ = select.select([process.stdout], [], [], _OPEN_SECONDS)
                if not readable or process.stdout.readline() != "ready\n":
                    process.kill()
                    raise Problem(f"{name}: {process.stderr.read().strip() or 'idle connections could not be opened'}")
                yield
                said, complaint = process.communicate("\n", timeout=_OPEN_SECONDS)
            except subprocess.TimeoutExpired as cause:
                raise Problem(f"{name}: idle connections were not answered within {_OPEN_SECONDS} s") from cause
            finally:
                process.kill()
        answered = json.loads(said)["answered"] if process.returncode == 0 else complaint.strip()
        if answered != self.connections:
            raise Problem(f"{name}: of {self.connections} idle connections still answered: {answered}")


@dataclass(frozen=True)
class Start:
    """From just before the process begins until a GET is answered with 200. The server may use both cores, as it may in
    real life: a JVM compiles on the second one. The asking costs little of it."""

    path: str

    def run(self, launch: Callable[[Sequence[int]], Server], cores: Cores) -> dict[str, float]:
        both = (cores.server, cores.load)
        busy, own = sum(map(cputime.of_core, both)), time.process_time()
        server = launch(both)
        try:
            seconds = server.await_answer(self.path, _START_POLL_SECONDS)
            server.find_children()
            used, resident = server.cpu().total, server.resident()
            others = sum(map(cputime.of_core, both)) - busy - used - (time.process_time() - own)
        finally:
            server.stop()
        shares = {"others": max(0.0, others / seconds / len(both))}
        return {"millis": seconds * 1e3, "cpu": used * 1e3, "memory": resident.own / 2**20} | shares


def raise_descriptor_limit(connections: int) -> int:
    """Lets this process and its children open as many files as they may, or as `connections` need if they may raise
    even that. Returns how many connections a process can hold, `connections` at most."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _SPARE_DESCRIPTORS
    if hard != resource.RLIM_INFINITY and hard < wanted:
        with suppress(ValueError, OSError):  # not everybody may: fewer connections then
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, wanted))
            hard = wanted
    soft = max(soft, wanted) if hard == resource.RLIM_INFINITY else hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(connections, soft - _SPARE_DESCRIPTORS)
