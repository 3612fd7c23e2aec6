"""The files that are served. All of them are written, none is sparse: a hole has no pages to send."""

from __future__ import annotations

import gzip
import hashlib
import os
import random
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator

_BLOCK = 1_000_000
_PAGE = 16 << 10


@dataclass(frozen=True)
class SiteFile:
    """One file of a site: its URL path, its length in bytes, the SHA-256 of its bytes, and where it lies."""

    path: str
    length: int
    sha256: str
    source: Path


def make_text(root: Path, length: int) -> SiteFile:
    """A text of `length` bytes (an even number) that hardly compresses."""
    return write(root / f"{length}.txt", [random.Random(length).randbytes(length // 2).hex().encode()])


def make_page(root: Path) -> SiteFile:
    """16 KiB of HTML as compressible as such pages are, with its gzip beside it: for gzip_static of nginx. Of Sluice br
    is asked, which it makes itself."""
    page = text_like_pages(random.Random(2026), _PAGE)
    write(root / "page.html.gz", [gzip.compress(page, 9, mtime=0)])
    return write(root / "page.html", [page])


def make_large(file: Path, blocks: int) -> SiteFile:
    """A file of `blocks` times 10^6 bytes, on the disk when this returns: nobody shall be measured while it is written."""
    made = write(file, _numbered_blocks(blocks))
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return made


def make_crowd(root: Path, count: int) -> None:
    """`count` files that nobody asks for, a thousand to a directory. Only their number counts, so they are short."""
    for number in range(0, count, 1000):
        folder = root / f"crowd{number // 1000}"
        folder.mkdir()
        for name in range(min(1000, count - number)):
            (folder / f"{name}.txt").write_bytes(b"crowd\n")


def text_like_pages(noise: random.Random, length: int) -> bytes:
    """HTML made of a few hundred words."""
    words = ["".join(noise.choices(string.ascii_lowercase, k=noise.randint(3, 9))) for _ in range(400)]
    lines, total = ["<!doctype html><title>page</title>"], 0
    while total < length:
        lines.append(f'<p class="{noise.choice(words)}">{" ".join(noise.choices(words, k=12))}</p>')
        total += len(lines[-1]) + 1
    return "\n".join(lines).encode()[:length]


def write(file: Path, chunks: Iterable[bytes]) -> SiteFile:
    """A file right below the root of a site."""
    digest = hashlib.sha256()
    length = 0
    with file.open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
            digest.update(chunk)
            length += len(chunk)
    return SiteFile("/" + file.name, length, digest.hexdigest(), file)


def _numbered_blocks(count: int) -> Iterator[bytes]:
    """Each block starts with its number, so that bytes sent from a wrong offset cannot have the right digest."""
    block = random.Random(count).randbytes(_BLOCK)
    return (number.to_bytes(8, "big") + block[8:] for number in range(count))
