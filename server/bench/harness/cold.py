"""Hot requests beside cold downloads: what the one costs the other."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from . import pagecache
from .generator import GRACE_SECONDS, last_line, output, run, started
from .load import Outcome
from .problem import Problem

_DOWNLOADS_LEAD_SECONDS = 0.3


@dataclass(frozen=True)
class ColdMix:
    """A hot file at a fixed rate, twice: alone, and while each of the `cold` files is downloaded, none of which is in
    the page cache. `cold_path` has a # for the number of the file; each client takes `cold_rate` bytes a second at
    most, as its line would let it: so the downloads go on for the whole time, and leave the load's core some room."""

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
        with started(self._downloads(port, seconds + 2 * lead), core) as downloads:
            try:
                downloads.wait(lead)
                raise Problem(f"{name}: {last_line(downloads.communicate()[1])}")
            except subprocess.TimeoutExpired:
                mixed = self._hot(name, port, seconds, core)
            got = json.loads(output(name, downloads, seconds + GRACE_SECONDS))
        if got["seconds"] < seconds + lead:
            raise Problem(
                f"{name}: the cold downloads ended after {got['seconds']:.1f} s (expected: {seconds + lead:.1f})"
            )
        figures = {"p50": mixed["p50"] / 1e3, "p99": mixed["p99"] / 1e3, "max": mixed["max"] / 1e3}
        figures |= {"aloneP99": alone["p99"] / 1e3, "slowdown": mixed["p99"] / alone["p99"]}
        figures |= {"coldRate": got["bytes"] / 1e6 / got["seconds"], "residentBefore": resident}
        return Outcome(alone["requests"] + mixed["requests"], seconds, figures)

    def _hot(self, name: str, port: int, seconds: float, core: int) -> dict[str, float]:
        command = [str(self.pace), str(port), self.path, str(self.connections), str(self.rate), str(seconds)]
        return json.loads(run(name, command, seconds, core))

    def _downloads(self, port: int, seconds: float) -> list[str]:
        return [str(self.drain), str(port), self.cold_path, str(len(self.cold)), str(seconds), str(self.cold_rate)]
