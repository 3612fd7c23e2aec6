"""What a scenario is: files, servers, and the variants of load that these get."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Mapping, Sequence

from .answers import Check
from .load import Wrk
from .rounds import Variant
from .servers import ServerKind

KEEP_ALIVE = 64


@dataclass(frozen=True)
class Sizes:
    """What --quick makes smaller. Blocks have 10^6 bytes."""

    ranged_blocks: int
    idle_connections: int
    crowd: int


@dataclass(frozen=True)
class Kit:
    """What a scenario is prepared with: the site to fill, a folder beside it, the built programs and wrk's scripts."""

    site: Path
    scratch: Path
    built: Path
    lua: Path
    sizes: Sizes

    def wrk(self, path: str, connections: int = KEEP_ALIVE, **more: object) -> Wrk:
        return Wrk(self.lua / "summary.lua", path, connections, **more)


@dataclass(frozen=True)
class Prepared:
    """A scenario whose files are there: what each server must prove to serve (the floors serve the file of the first),
    the variants to measure, and how many connections a server must be ready for at least."""

    checks: Sequence[Check]
    variants: Sequence[Variant]
    connections: int = KEEP_ALIVE


@dataclass(frozen=True)
class Scenario:
    """`baselines` are the servers that the others' ratios are of; `codings` the content codings that servers are asked
    for, where it is not identity; `fresh` says that the variants hold probes, which start the servers themselves."""

    name: str
    servers: Sequence[ServerKind]
    baselines: Sequence[str]
    prepare: Callable[[Kit], Prepared]
    logs: bool = False
    tls: bool = False
    fresh: bool = False
    codings: Mapping[str, str] = field(default_factory=dict)
