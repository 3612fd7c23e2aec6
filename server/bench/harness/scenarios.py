"""What is measured: scenarios, each with its files, its servers, and the variants of load that these get."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Mapping, Sequence

from . import peers
from .answers import Check
from .load import ColdMix, Drain, H2load, Replay, Wrk, write_openssl_options
from .peers import Nginx, nginx
from .probes import Idle, Start
from .rounds import Column, Variant
from .servers import ServerKind
from .site import make_large, make_page, make_text
from .sluice import TEN_RULES, launched_sluice, sluice
from .zipf import RANGE_BYTES, make_zipf_site, range_starts, range_trace, zipf_trace

KIB, MIB = 1 << 10, 1 << 20
_KEEP_ALIVE = 64
_COLD_FILES, _COLD_BLOCKS = 32, 100  # 100 MB each: more than a client takes in a round
_HOT_RATE = 2000
_COLD_BYTES_A_SECOND = 25_000_000
_RANGES = 1000


@dataclass(frozen=True)
class Sizes:
    """What --quick makes smaller. Blocks have 10^6 bytes."""

    ranged_blocks: int
    idle_connections: int
    idle_warm_up: int


@dataclass(frozen=True)
class Kit:
    """What a scenario is prepared with: the site to fill, a folder beside it, the built programs and wrk's scripts."""

    site: Path
    scratch: Path
    built: Path
    lua: Path
    sizes: Sizes

    def wrk(self, path: str, connections: int = _KEEP_ALIVE, **more: object) -> Wrk:
        return Wrk(self.lua / "summary.lua", path, connections, **more)


@dataclass(frozen=True)
class Prepared:
    """A scenario whose files are there: what each server must prove to serve (the floors serve the file of the first),
    the variants to measure, and how many connections a server must be ready for at least."""

    checks: Sequence[Check]
    variants: Sequence[Variant]
    connections: int = _KEEP_ALIVE


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


_SHARES = (Column("busy", "core busy", percent=True),)
_LATENCY = (Column("p50", "p50 ms"), Column("p99", "p99 ms", ratio=True))
_REQUESTS = (
    Column("cpu", "CPU µs/request", ratio=True),
    Column("user", "user"),
    Column("kernel", "kernel"),
    Column("rate", "requests/s", ratio=True),
)
_GIGABYTES = (
    Column("cpu", "CPU s/GB", ratio=True),
    Column("user", "user"),
    Column("kernel", "kernel"),
    Column("rate", "MB/s", ratio=True),
)
_MEMORY = (Column("memory", "MiB resident"), Column("mappedCache", "MiB of mapped cache"))
_COLD = (
    Column("p99", "p99 ms", ratio=True),
    Column("p50", "p50 ms"),
    Column("max", "max ms"),
    Column("aloneP99", "p99 ms alone"),
    Column("slowdown", "÷ alone"),
    Column("coldRate", "cold MB/s"),
    *_SHARES,
)
_IDLE = (
    Column("bytes", "bytes/connection", ratio=True),
    Column("kernelBytes", "kernel bytes/connection, both ends"),
    Column("before", "MiB before"),
)
_START = (Column("millis", "ms to first answer", ratio=True), Column("cpu", "CPU ms"), Column("memory", "MiB resident"))


def _requests(name: str, title: str, load: object, more: Sequence[Column] = ()) -> Variant:
    return Variant(name, title, load, (*_REQUESTS, *_LATENCY, *more, *_SHARES))


def _gigabytes(name: str, title: str, load: object) -> Variant:
    return Variant(name, title, load, (*_GIGABYTES, *_SHARES), unit="GB", cpu_scale=1)


def _hot(length: int, logs: bool) -> Callable[[Kit], Prepared]:
    def prepare(kit: Kit) -> Prepared:
        file = make_text(kit.site, length)
        name = f"{'log' if logs else 'hot'}-{length // KIB}k"
        title = f"{length // KIB} KiB over {_KEEP_ALIVE} keep-alive connections" + (", with an access log" * logs)
        return Prepared([Check(file)], [_requests(name, title, kit.wrk(file.path))])

    return prepare


def _zipf(count: int) -> Callable[[Kit], Prepared]:
    def prepare(kit: Kit) -> Prepared:
        sample, total = make_zipf_site(kit.site, count)
        os.sync()  # nobody shall be measured while it is written
        load = Replay(kit.lua / "replay.lua", zipf_trace(kit.scratch, count), _KEEP_ALIVE)
        title = f"{count:,} files, {total / MIB:.0f} MiB, asked for by Zipf's law, {_KEEP_ALIVE} connections"
        return Prepared([Check(file) for file in sample], [_requests(f"zipf-{count // 1000}k", title, load, _MEMORY)])

    return prepare


def _large(connections: int) -> Callable[[Kit], Prepared]:
    def prepare(kit: Kit) -> Prepared:
        file = make_large(kit.site / "large.bin", 1000)
        title = f"1 GB file, {connections} download{'s' if connections > 1 else ''} at a time"
        load = Drain(kit.built / "drain", file.path, file.length, connections)
        return Prepared([Check(file)], [_gigabytes(f"large-{connections}", title, load)])

    return prepare


def _ranges(kit: Kit) -> Prepared:
    file = make_large(kit.site / "ranged.bin", kit.sizes.ranged_blocks)
    load = Replay(kit.lua / "replay.lua", range_trace(kit.scratch, file, _RANGES), 16)
    checks = [Check(file, "identity", first, first + RANGE_BYTES - 1) for first in range_starts(file.length, 3)]
    title = f"{_RANGES:,} random ranges of 64 KiB of a {file.length / 1e9:.0f} GB file, 16 connections"
    return Prepared(checks, [_requests("ranges", title, load)])


# What browsers send: the best that the server has wins.
_CODINGS = {"sluice-br": "br", "nginx-gzip": "gzip", "nginx-gzip-static": "gzip"}


def _coding(kit: Kit) -> Prepared:
    file = make_page(kit.site)
    load = kit.wrk(file.path, codings={name: "br, gzip" for name in _CODINGS})
    title = f"16 KiB of HTML over {_KEEP_ALIVE} keep-alive connections, coded"
    return Prepared([Check(file)], [_requests("coding", title, load)])


def _rules(kit: Kit) -> Prepared:
    file = make_text(kit.site, KIB)
    title = f"1 KiB over {_KEEP_ALIVE} keep-alive connections, without rules and with ten"
    return Prepared([Check(file)], [_requests("rules", title, kit.wrk(file.path))])


def _tls_small(kit: Kit) -> Prepared:
    file = make_text(kit.site, 16 * KIB)
    load = kit.wrk(file.path, openssl=write_openssl_options(kit.scratch / "openssl.cnf"))
    return Prepared([Check(file)], [_requests("tls-16k", f"TLS 1.3, 16 KiB over {_KEEP_ALIVE} keep-alive connections", load)])


def _tls_large(kit: Kit) -> Prepared:
    file = make_large(kit.site / "large.bin", 100)
    load = kit.wrk(file.path, 4, openssl=write_openssl_options(kit.scratch / "openssl.cnf"), gigabytes=True)
    return Prepared([Check(file)], [_gigabytes("tls-100m", "TLS 1.3, 100 MB file, 4 downloads at a time", load)])


def _http2(kit: Kit) -> Prepared:
    file = make_text(kit.site, 16 * KIB)
    load = H2load(file.path, 16, 4, kit.scratch)
    title = "HTTP/2 over TLS 1.3, 16 KiB, 16 connections with 4 requests at a time each"
    return Prepared([Check(file)], [_requests("h2", title, load)])


def _idle(kit: Kit) -> Prepared:
    file, count = make_text(kit.site, KIB), kit.sizes.idle_connections
    load = Idle(kit.built / "idle", file.path, count, kit.wrk(file.path), kit.sizes.idle_warm_up)
    return Prepared([Check(file)], [Variant("idle", f"{count:,} idle keep-alive connections", load, _IDLE)], count)


def _cold(kit: Kit) -> Prepared:
    hot = make_text(kit.site, 16 * KIB)
    cold = [make_large(kit.site / f"cold{number}.bin", _COLD_BLOCKS) for number in range(_COLD_FILES)]
    tools = (kit.built / "pace", kit.built / "drain")
    sources = [file.source for file in cold]
    load = ColdMix(*tools, hot.path, "/cold#.bin", sources, _KEEP_ALIVE, _HOT_RATE, _COLD_BYTES_A_SECOND)
    rate = f"{_COLD_BYTES_A_SECOND // 10**6} MB/s"
    title = f"16 KiB, {_HOT_RATE:,} requests/s, while {_COLD_FILES} cold files are downloaded at up to {rate} each"
    return Prepared([Check(hot), Check(cold[0])], [Variant("cold", title, load, _COLD)])


def _start(kit: Kit) -> Prepared:
    file = make_text(kit.site, KIB)
    return Prepared([Check(file)], [Variant("start", "From start to first answer", Start(file.path), _START)])


_SLUICE, _NGINX = sluice(), nginx()
_NGINX_NOPUSH_OFF = nginx("nginx-nopush-off", Nginx(nopush="off"))
_NGINX_BUFFERED = nginx("nginx-buffer64k", Nginx(log=" buffer=64k"))
_LIGHTTPD, _H2O, _CADDY, _UNDERTOW, _JETTY = (
    peers.lighttpd(),
    peers.h2o(),
    peers.caddy(),
    peers.undertow(),
    peers.jetty(),
)
_JAVA = (_UNDERTOW, _JETTY)
_NATIVE = (_NGINX, _LIGHTTPD, _H2O, _CADDY)
_SENDFILE_FLOOR = peers.floor("sendfile")
_HOT = (_SLUICE, *_NATIVE, *_JAVA, peers.floor("answer"))


def _zipf_servers(count: int, memory: str, others: Sequence[ServerKind]) -> Sequence[ServerKind]:
    """nginx keeps as many files open as its limit allows, or all."""
    return (sluice(settings=(f"cache.memory={memory}",)), nginx(variant=Nginx(open_files=count)), *others)


SCENARIOS = (
    Scenario("hot-1k", _HOT, ("nginx",), _hot(KIB, False)),
    Scenario("hot-16k", _HOT, ("nginx",), _hot(16 * KIB, False)),
    Scenario(
        "hot-64k",
        (_SLUICE, *_NATIVE, _NGINX_NOPUSH_OFF, peers.floor("answer")),
        ("nginx",),
        _hot(64 * KIB, False),
    ),
    Scenario("log-1k", (_SLUICE, _NGINX, _NGINX_BUFFERED, _LIGHTTPD, _H2O), ("nginx",), _hot(KIB, True), logs=True),
    Scenario("log-16k", (_SLUICE, _NGINX, _NGINX_BUFFERED), ("nginx",), _hot(16 * KIB, True), logs=True),
    Scenario(
        "zipf-10k",
        _zipf_servers(10_000, "32MiB", (_LIGHTTPD, _H2O, _CADDY, *_JAVA)),
        ("nginx",),
        _zipf(10_000),
    ),
    Scenario("zipf-100k", _zipf_servers(100_000, "256MiB", (_LIGHTTPD, _H2O, _CADDY)), ("nginx",), _zipf(100_000)),
    Scenario(
        "large-1",
        (_SLUICE, _NGINX, _NGINX_NOPUSH_OFF, *_NATIVE[1:], *_JAVA, _SENDFILE_FLOOR),
        ("nginx", "floor-sendfile"),
        _large(1),
    ),
    Scenario(
        "large-4",
        (_SLUICE, _NGINX, _NGINX_NOPUSH_OFF, _SENDFILE_FLOOR),
        ("nginx", "floor-sendfile"),
        _large(4),
    ),
    Scenario(
        "ranges",
        (_SLUICE, _NGINX, _NGINX_NOPUSH_OFF, *_NATIVE[1:], _JETTY, _SENDFILE_FLOOR),
        ("nginx-nopush-off",),
        _ranges,
    ),
    Scenario(
        "coding",
        (
            sluice("sluice-identity"),
            sluice("sluice-br"),
            nginx("nginx-gzip-static", Nginx(more="gzip_static on; gzip_vary on;")),
            nginx("nginx-gzip", Nginx(more="gzip on; gzip_vary on; gzip_http_version 1.1;")),
        ),
        ("sluice-identity", "nginx-gzip-static"),
        _coding,
        codings=_CODINGS,
    ),
    Scenario("rules", (_SLUICE, sluice("sluice-rules", rules=TEN_RULES)), ("sluice",), _rules),
    Scenario("tls-16k", (_SLUICE, *_NATIVE), ("nginx",), _tls_small, tls=True),
    Scenario("tls-100m", (_SLUICE, *_NATIVE), ("nginx",), _tls_large, tls=True),
    Scenario("h2", (_SLUICE, *_NATIVE), ("nginx",), _http2, tls=True),
    Scenario("idle", (_SLUICE, *_NATIVE, _JETTY), ("nginx",), _idle, fresh=True),
    Scenario("cold", (_SLUICE, nginx("nginx-aio", Nginx(more="aio threads;")), _NGINX), ("nginx-aio",), _cold),
    Scenario(
        "start",
        (sluice("sluice-jar"), launched_sluice("sluice-launcher"), _NGINX, _CADDY, *_JAVA),
        ("nginx",),
        _start,
        fresh=True,
    ),
)
