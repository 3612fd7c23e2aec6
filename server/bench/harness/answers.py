"""The proof that a server serves the right bytes."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import ssl
import time
from dataclasses import dataclass

from .problem import Problem
from .site import SiteFile

_READ = 1 << 20
_TIMEOUT_SECONDS = 30
_CODED_TRIES = 50
_CODED_WAIT_SECONDS = 0.1


@dataclass(frozen=True)
class Head:
    """What a server puts before the body: it pays for each byte of it, so the report shows it."""

    length: int
    fields: list[str]


@dataclass(frozen=True)
class Check:
    """What must come: a file, or the inclusive byte range `first`–`last` of it."""

    file: SiteFile
    coding: str = "identity"
    first: int | None = None
    last: int = 0

    @property
    def status(self) -> int:
        return 200 if self.first is None else 206

    @property
    def length(self) -> int:
        return self.file.length if self.first is None else self.last - self.first + 1

    def digest(self) -> str:
        """The SHA-256 of the wanted bytes."""
        if self.first is None:
            return self.file.sha256
        with self.file.source.open("rb") as source:
            source.seek(self.first)
            return hashlib.sha256(source.read(self.length)).hexdigest()


def check_answer(name: str, port: int, wanted: Check, tls: bool = False) -> Head:
    """Fetches twice over one connection. Raises Problem unless both answers are what is wanted.

    A coding may be made in the background: then the file is asked for until it comes coded, for a few seconds.
    """
    connection = _connection(port, tls)
    try:
        if wanted.coding != "identity":
            _fetch(name, connection, Check(wanted.file))
            return _fetch_coded(name, connection, wanted)
        _fetch(name, connection, wanted)
        return _fetch(name, connection, wanted)
    except (OSError, http.client.HTTPException) as cause:
        raise Problem(f"{name}: GET {wanted.file.path} failed: {cause!r}") from cause
    finally:
        connection.close()


def _connection(port: int, tls: bool) -> http.client.HTTPConnection:
    if not tls:
        return http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
    # The certificate is the benchmark's own, so there is nothing to verify it against.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS, context=context)


def _fetch_coded(name: str, connection: http.client.HTTPConnection, wanted: Check) -> Head:
    """Gzip is decoded and compared; Python has no decoder for the others, whose content Sluice's own tests compare."""
    path, coding = wanted.file.path, wanted.coding
    for _ in range(_CODED_TRIES):
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.putheader("Accept-Encoding", coding)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read()
        if response.headers.get("Content-Encoding") == coding:
            if coding == "gzip" and hashlib.sha256(gzip.decompress(body)).hexdigest() != wanted.file.sha256:
                raise Problem(f"{name}: GET {path}: the decoded body is another one")
            return _head(response)
        time.sleep(_CODED_WAIT_SECONDS)
    raise Problem(f"{name}: GET {path}: never came in {coding}")


def _fetch(name: str, connection: http.client.HTTPConnection, wanted: Check) -> Head:
    connection.putrequest("GET", wanted.file.path, skip_accept_encoding=True)
    if wanted.first is not None:
        connection.putheader("Range", f"bytes={wanted.first}-{wanted.last}")
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
        "status": wanted.status,
        "Content-Length": str(wanted.length),
        "Content-Encoding": None,
        "sha256": wanted.digest(),
        "keep-alive": True,
    }
    for what, value in expected.items():
        if seen[what] != value:
            raise Problem(f"{name}: GET {wanted.file.path}: {what} is {seen[what]} (expected: {value})")
    return _head(response)


def _head(response: http.client.HTTPResponse) -> Head:
    fields = response.headers.items()
    status_line = len(f"HTTP/1.1 {response.status} {response.reason}\r\n")
    length = status_line + sum(len(f"{key}: {value}\r\n") for key, value in fields) + len("\r\n")
    return Head(length, [key for key, _ in fields])
