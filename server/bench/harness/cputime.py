"""CPU time as the kernel accounts it, from /proc (proc(5))."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True)
class CpuTime:
    """Seconds of CPU, split as the kernel splits them. The sum is exact to a clock tick, the split is sampled."""

    user: float
    system: float

    @property
    def total(self) -> float:
        return self.user + self.system

    def __sub__(self, other: CpuTime) -> CpuTime:
        return CpuTime(self.user - other.user, self.system - other.system)

    def __add__(self, other: CpuTime) -> CpuTime:
        return CpuTime(self.user + other.user, self.system + other.system)


def parse_stat(line: str) -> CpuTime:
    """utime and stime, fields 14 and 15 of /proc/PID/stat. The name before them may hold blanks and brackets."""
    after_name = line.rpartition(")")[2].split()
    return CpuTime(int(after_name[11]) / _TICKS_PER_SECOND, int(after_name[12]) / _TICKS_PER_SECOND)


def of_processes(pids: Iterable[int]) -> CpuTime:
    """All threads of these processes, ended ones included."""
    used = CpuTime(0, 0)
    for pid in pids:
        used += parse_stat((_PROC / str(pid) / "stat").read_text())
    return used


def of_compilers(pids: Iterable[int]) -> float:
    """Seconds that HotSpot's compilers have used in these processes; 0 where there are none."""
    used = 0.0
    for pid in pids:
        for thread in (_PROC / str(pid) / "task").iterdir():
            try:
                stat = (thread / "stat").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue  # ended while we looked
            if is_compiler(stat):
                used += parse_stat(stat).total
    return used


def is_compiler(stat: str) -> bool:
    """Whether /proc/PID/task/TID/stat is that of a compiler's thread: C1 CompilerThread0, cut off by the kernel."""
    return re.search(r"\(C[12] Compiler", stat) is not None


def of_core(core: int) -> float:
    """Seconds that a core has spent on anything: all but idle, iowait and the time stolen by the hypervisor."""
    for line in (_PROC / "stat").read_text().splitlines():
        name, *ticks = line.split()
        if name == f"cpu{core}":
            user, nice, system, _idle, _iowait, irq, softirq = map(int, ticks[:7])
            return (user + nice + system + irq + softirq) / _TICKS_PER_SECOND
    raise ValueError(f"core: {core} (expected: one that /proc/stat lists)")


def children(parent: int) -> list[int]:
    """The processes whose parent is `parent`, in order of their ids."""
    found = []
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended while we looked
        if int(stat.rpartition(")")[2].split()[1]) == parent:
            found.append(int(entry.name))
    return sorted(found)
