"""Which files are in the page cache, and how to get ours out of it."""

from __future__ import annotations

import ctypes
import mmap
import os
from pathlib import Path
from typing import Sequence

from .problem import Problem

_LIBC = ctypes.CDLL(None, use_errno=True)


def drop(files: Sequence[Path]) -> None:
    """Asks the kernel to forget the pages of these files, and of no others (posix_fadvise(2)). Dirty pages would stay:
    the files must have been synced."""
    for file in files:
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def resident_share(files: Sequence[Path]) -> float:
    """The share of the files' pages that is in the page cache, 0 to 1."""
    counts = [_resident_pages(file) for file in files]
    return sum(resident for resident, _ in counts) / sum(pages for _, pages in counts)


def _resident_pages(file: Path) -> tuple[int, int]:
    """How many are, and how many there are, by mincore(2), which tells the truth of files that are ours. A file without
    bytes has no pages to ask for, and is none of ours."""
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
        pages = -(-len(mapped) // mmap.PAGESIZE)
        states = (ctypes.c_ubyte * pages)()
        first = ctypes.c_char.from_buffer(mapped)
        try:
            asked = _LIBC.mincore(ctypes.c_void_p(ctypes.addressof(first)), ctypes.c_size_t(len(mapped)), states)
        finally:
            del first  # or the mapping could not be closed
    if asked != 0:
        raise Problem(f"mincore of {file.name} failed: {os.strerror(ctypes.get_errno())}")
    return sum(state & 1 for state in states), pages
