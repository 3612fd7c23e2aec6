"""The site that every server serves, and the proof that it serves it right."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import random
import string
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

from .problem import Problem

_BLOCK = 1_000_000
_PAGE = 16 << 10
_READ = 1 << 20
_TIMEOUT_SECONDS = 30
_CODED_TRIES = 50
_CODED_WAIT_SECONDS = 0.1


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
    page: SiteFile
    large: SiteFile


@dataclass(frozen=True)
class Head:
    """What a server puts before the body: it pays for each byte of it, so the report shows it."""

    length: int
    fields: list[str]


def make_site(root: Path, blocks: int = 1000) -> Site:
    """A 1 KiB text, a page of 16 KiB with its gzip beside it, and a file of `blocks` times 10^6 bytes. Written, not sparse: a hole has no pages to send."""
    root.mkdir()
    noise = random.Random(2026)
    small = noise.randbytes(512).hex().encode()
    block = noise.randbytes(_BLOCK)
    # Each block starts with its number, so that bytes sent from a wrong offset cannot have the right digest.
    numbered = (number.to_bytes(8, "big") + block[8:] for number in range(blocks))
    page = _page(noise)
    # For gzip_static of nginx; of Sluice br is asked, which it makes itself.
    _write(root / "page.html.gz", [gzip.compress(page, 9, mtime=0)])
    return Site(
        root,
        _write(root / "small.txt", [small]),
        _write(root / "page.html", [page]),
        _write(root / "large.bin", numbered),
    )


def _page(noise: random.Random) -> bytes:
    """HTML as compressible as such pages are: made of a few hundred words."""
    words = ["".join(noise.choices(string.ascii_lowercase, k=noise.randint(3, 9))) for _ in range(400)]
    lines = ["<!doctype html><title>page</title>"]
    while sum(len(line) + 1 for line in lines) < _PAGE:
        lines.append(f'<p class="{noise.choice(words)}">{" ".join(noise.choices(words, k=12))}</p>')
    return "\n".join(lines).encode()[:_PAGE]


def _write(file: Path, chunks: Iterable[bytes]) -> SiteFile:
    digest = hashlib.sha256()
    length = 0
    with file.open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
            digest.update(chunk)
            length += len(chunk)
    return SiteFile("/" + file.name, length, digest.hexdigest())


def check_answer(name: str, port: int, wanted: SiteFile, coding: str = "identity") -> Head:
    """Fetches a file twice over one connection. Raises Problem unless both answers are the whole file, in that coding.

    A coding may be made in the background: then the file is asked for until it comes coded, for a few seconds.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
    try:
        _fetch(name, connection, wanted)
        if coding != "identity":
            return _fetch_coded(name, connection, wanted, coding)
        return _fetch(name, connection, wanted)
    except (OSError, http.client.HTTPException) as cause:
        raise Problem(f"{name}: GET {wanted.path} failed: {cause!r}") from cause
    finally:
        connection.close()


def _fetch_coded(name: str, connection: http.client.HTTPConnection, wanted: SiteFile, coding: str) -> Head:
    """Gzip is decoded and compared; Python has no decoder for the others, whose content Sluice's own tests compare."""
    for _ in range(_CODED_TRIES):
        connection.putrequest("GET", wanted.path, skip_accept_encoding=True)
        connection.putheader("Accept-Encoding", coding)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        if response.headers.get("Content-Encoding") == coding:
            if coding == "gzip" and hashlib.sha256(gzip.decompress(body)).hexdigest() != wanted.sha256:
                raise Problem(f"{name}: GET {wanted.path}: the decoded body is another one")
            return _head(response)
        time.sleep(_CODED_WAIT_SECONDS)
    raise Problem(f"{name}: GET {wanted.path}: never came in {coding}")


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
    return _head(response)


def _head(response: http.client.HTTPResponse) -> Head:
    fields = response.headers.items()
    status_line = len(f"HTTP/1.1 {response.status} {response.reason}\r\n")
    length = status_line + sum(len(f"{key}: {value}\r\n") for key, value in fields) + len("\r\n")
    return Head(length, [key for key, _ in fields])
