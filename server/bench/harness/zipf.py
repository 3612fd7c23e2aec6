"""A site of many files, and a trace of requests for them: what is popular follows Zipf's law."""

from __future__ import annotations

import itertools
import math
import random
import sys
from array import array
from dataclasses import dataclass
from pathlib import Path

from .site import SiteFile, text_like_pages, write

_MEDIAN_BYTES = 8 << 10
_SIGMA = 1.0
_LEAST_BYTES, _MOST_BYTES = 256, 256 << 10
_POOL_BYTES = 4 << 20
_FILES_PER_DIRECTORY = 100
_TRACE_LENGTH = 1 << 21
RANGE_BYTES = 64 << 10

# The extension, its weight among files, and whether such files compress.
_KINDS = (
    ("html", 30, True),
    ("css", 10, True),
    ("js", 20, True),
    ("svg", 10, True),
    ("jpg", 20, False),
    ("png", 10, False),
)


@dataclass(frozen=True)
class Trace:
    """What replay.lua plays: a file of requests, one a line, and a file of line numbers, from 0, in 32 bits each."""

    requests: Path
    order: Path


def make_zipf_site(root: Path, count: int) -> tuple[list[SiteFile], int]:
    """Writes `count` files, 100 a directory, the most popular first, with sizes as on websites: lognormal around 8 KiB,
    at most 256 KiB, and independent of popularity. Returns a sample of them with the first and the last, and the bytes
    of all."""
    noise = random.Random(count)
    pools = {True: text_like_pages(noise, _POOL_BYTES), False: noise.randbytes(_POOL_BYTES)}
    directories = max(1, count // _FILES_PER_DIRECTORY)
    for number in range(directories):
        (root / f"d{number:04}").mkdir()
    sample, total = [], 0
    for number, path in enumerate(file_paths(count)):
        content = _content(path, file_length(noise), pools[_compresses(path)], noise)
        made = root / path[1:]
        if number in (0, count // 2, count - 1):
            written = write(made, [content])
            sample.append(SiteFile(path, written.length, written.sha256, made))
        else:
            made.write_bytes(content)
        total += len(content)
    return sample, total


def file_paths(count: int) -> list[str]:
    """The URL paths in order of popularity. Neighbours in rank lie in different directories."""
    noise = random.Random(-count)
    directories = max(1, count // _FILES_PER_DIRECTORY)
    extensions = noise.choices([name for name, _, _ in _KINDS], [weight for _, weight, _ in _KINDS], k=count)
    return [f"/d{number % directories:04}/f{number:06}.{extension}" for number, extension in enumerate(extensions)]


def file_length(noise: random.Random) -> int:
    return int(min(_MOST_BYTES, max(_LEAST_BYTES, noise.lognormvariate(math.log(_MEDIAN_BYTES), _SIGMA))))


def zipf_ranks(count: int, length: int, noise: random.Random) -> array:
    """`length` independent draws out of 0..count-1, rank r with a probability proportional to 1/(r+1): Zipf's law with
    exponent 1, as web traffic has it (Breslau et al., INFOCOM '99: 0.6 to 0.8 behind proxies, steeper at servers)."""
    cumulated = list(itertools.accumulate(1 / rank for rank in range(1, count + 1)))
    return array("I", noise.choices(range(count), cum_weights=cumulated, k=length))


def zipf_trace(folder: Path, count: int) -> Trace:
    return _trace(folder, file_paths(count), zipf_ranks(count, _TRACE_LENGTH, random.Random(7)))


def range_trace(folder: Path, file: SiteFile, count: int) -> Trace:
    """`count` random ranges of 64 KiB, at any byte, played in turn."""
    firsts = range_starts(file.length, count)
    lines = [f"{file.path}\tbytes={first}-{first + RANGE_BYTES - 1}" for first in firsts]
    return _trace(folder, lines, array("I", range(count)))


def range_starts(length: int, count: int) -> list[int]:
    noise = random.Random(64)
    return [noise.randrange(length - RANGE_BYTES + 1) for _ in range(count)]


def _trace(folder: Path, lines: list[str], order: array) -> Trace:
    made = Trace(folder / "requests", folder / "order")
    made.requests.write_text("\n".join(lines) + "\n")
    if sys.byteorder == "big":
        order.byteswap()
    made.order.write_bytes(order.tobytes())
    return made


def _compresses(path: str) -> bool:
    return next(compresses for name, _, compresses in _KINDS if path.endswith("." + name))


def _content(path: str, length: int, pool: bytes, noise: random.Random) -> bytes:
    """Every file begins with its own name, so that another one sent in its place is noticed."""
    start = noise.randrange(len(pool) - length)
    return path.encode() + pool[start : start + length - len(path)]
