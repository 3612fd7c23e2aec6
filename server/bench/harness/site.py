"""The site that every server serves, and the proof that it serves it right."""

from __future__ import annotations

import hashlib
import http.client
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

from .problem import Problem

_BLOCK = 1_000_000
_READ = 1 << 20
_TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class SiteFile:
    """One file of the site: its URL path, its length in bytes and the SHA-256 of its bytes."""

    path: str
    length: int
    sha256: str


@dataclass(frozen=True)
class Site:
    root: Path
    small: SiteFile
    large: SiteFile


@dataclass(frozen=True)
class Head:
    """What a server puts before the body: it pays for each byte of it, so the report shows it."""

    length: int
    fields: list[str]


def make_site(root: Path, blocks: int = 1000) -> Site:
    """A 1 KiB text and a file of `blocks` times 10^6 bytes. Written, not sparse: a hole has no pages to send."""
    root.mkdir()
    noise = random.Random(2026)
    small = noise.randbytes(512).hex().encode()
    block = noise.randbytes(_BLOCK)
    # Each block starts with its number, so that bytes sent from a wrong offset cannot have the right digest.
    numbered = (number.to_bytes(8, "big") + block[8:] for number in range(blocks))
    return Site(root, _write(root / "small.txt", [small]), _write(root / "large.bin", numbered))


def _write(file: Path, chunks: Iterable[bytes]) -> SiteFile:
    digest = hashlib.sha256()
    length = 0
    with file.open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
            digest.update(chunk)
            length += len(chunk)
    return SiteFile("/" + file.name, length, digest.hexdigest())


def check_answer(name: str, port: int, wanted: SiteFile) -> Head:
    """Fetches a file twice over one connection. Raises Problem unless both answers are the whole file, uncoded."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
    try:
        _fetch(name, connection, wanted)
        return _fetch(name, connection, wanted)
    except (OSError, http.client.HTTPException) as cause:
        raise Problem(f"{name}: GET {wanted.path} failed: {cause!r}") from cause
    finally:
        connection.close()


def _fetch(name: str, connection: http.client.HTTPConnection, wanted: SiteFile) -> Head:
    connection.putrequest("GET", wanted.path, skip_accept_encoding=True)
    connection.endheaders()
    response = connection.getresponse()
    digest = hashlib.sha256()
    while chunk := response.read(_READ):
        digest.update(chunk)
    seen = {
        "status": response.status,
        "Content-Length": response.headers.get("Content-Length"),
        "Content-Encoding": response.headers.get("Content-Encoding"),
        "sha256": digest.hexdigest(),
        "keep-alive": not response.will_close,
    }
    expected = {
        "status": 200,
        "Content-Length": str(wanted.length),
        "Content-Encoding": None,
        "sha256": wanted.sha256,
        "keep-alive": True,
    }
    for what, value in expected.items():
        if seen[what] != value:
            raise Problem(f"{name}: GET {wanted.path}: {what} is {seen[what]} (expected: {value})")
    fields = response.headers.items()
    status_line = len(f"HTTP/1.1 {response.status} {response.reason}\r\n")
    length = status_line + sum(len(f"{key}: {value}\r\n") for key, value in fields) + len("\r\n")
    return Head(length, [key for key, _ in fields])
