"""Memory as the kernel counts it, from /proc (proc(5))."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Sequence

_PROC = Path("/proc")
_HEADER = re.compile(r"^[0-9a-f]+-[0-9a-f]+ (\S{4}) \S+ \S+ \d+ *(.*)$")
_PAGE = 4096


@dataclass(frozen=True)
class Resident:
    """Bytes in memory. `total` counts every page once that a server's processes have in memory; `mapped_cache` is the
    part of it that belongs to writable shared mappings of files, such as Sluice's regions: page cache that the
    server chose to hold, and the kernel can write back."""

    total: int
    mapped_cache: int

    def __add__(self, other: Resident) -> Resident:
        return Resident(self.total + other.total, self.mapped_cache + other.mapped_cache)

    @property
    def own(self) -> int:
        """Without the mapped cache."""
        return self.total - self.mapped_cache


def of_processes(pids: Sequence[int]) -> Resident:
    """The first process with all its pages; of the others, its children, what they don't share with anybody."""
    texts = [(_PROC / str(pid) / "smaps").read_text() for pid in pids]
    whole = parse_smaps(texts[0], ("Rss",))
    return sum((parse_smaps(text, ("Private_Clean", "Private_Dirty")) for text in texts[1:]), whole)


def proportional(pids: Iterable[int]) -> int:
    """Bytes, each page divided by the number of processes that share it (Pss)."""
    texts = ((_PROC / str(pid) / "smaps_rollup").read_text() for pid in pids)
    return sum(int(re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)[1]) * 1024 for text in texts)


def parse_smaps(text: str, fields: Sequence[str]) -> Resident:
    """The sum of some fields of /proc/PID/smaps."""
    counted = Resident(0, 0)
    in_cache = False
    for line in text.splitlines():
        header = _HEADER.match(line)
        if header:
            in_cache = header[1].startswith("rw") and header[1].endswith("s") and _is_cache(header[2])
            continue
        name, _, value = line.partition(":")
        if name in fields:
            size = int(value.split()[0]) * 1024
            counted += Resident(size, size if in_cache else 0)
    return counted


def _is_cache(path: str) -> bool:
    # A JVM publishes its counters in a mapped file, too.
    device = path.startswith("/dev/") and not path.startswith("/dev/shm/")
    return path.startswith("/") and "/hsperfdata_" not in path and not device


def kernel_bytes() -> int:
    """What the kernel holds for itself in small objects, sockets among them, and in TCP's buffers; of everybody."""
    slab = re.search(r"^Slab:\s+(\d+) kB", (_PROC / "meminfo").read_text(), re.MULTILINE)
    pages = re.search(r"^TCP:.* mem (\d+)", (_PROC / "net" / "sockstat").read_text(), re.MULTILINE)
    return int(slab[1]) * 1024 + int(pages[1]) * _PAGE
