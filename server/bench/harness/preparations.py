"""How each scenario's files are made, and what is measured with them."""

from __future__ import annotations

import os
from typing import Callable, Sequence

from .answers import Check
from .cold import ColdMix
from .load import Drain, H2load, Replay, write_openssl_options
from .probes import Idle, Start
from .rounds import Column, Load, Variant
from .scenario import KEEP_ALIVE, Kit, Prepared
from .site import make_crowd, make_large, make_page, make_text
from .zipf import RANGE_BYTES, make_zipf_site, range_starts, range_trace, zipf_trace

KIB, MIB = 1 << 10, 1 << 20
_COLD_FILES, _COLD_BLOCKS = 32, 100  # 100 MB each: more than a client takes in a round
_HOT_RATE = 2000
_COLD_BYTES_A_SECOND = 25_000_000
_RANGES = 1000


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


def _requests(name: str, title: str, load: Load, more: Sequence[Column] = ()) -> Variant:
    return Variant(name, title, load, (*_REQUESTS, *_LATENCY, *more, *_SHARES))


def _gigabytes(name: str, title: str, load: Load) -> Variant:
    return Variant(name, title, load, (*_GIGABYTES, *_SHARES), unit="GB", cpu_scale=1)


def hot(length: int, logs: bool) -> Callable[[Kit], Prepared]:
    def prepare(kit: Kit) -> Prepared:
        file = make_text(kit.site, length)
        name = f"{'log' if logs else 'hot'}-{length // KIB}k"
        title = f"{length // KIB} KiB over {KEEP_ALIVE} keep-alive connections" + (", with an access log" * logs)
        return Prepared([Check(file)], [_requests(name, title, kit.wrk(file.path))])

    return prepare


def zipf(count: int) -> Callable[[Kit], Prepared]:
    def prepare(kit: Kit) -> Prepared:
        sample, total = make_zipf_site(kit.site, count)
        os.sync()  # nobody shall be measured while it is written
        load = Replay(kit.lua / "replay.lua", zipf_trace(kit.scratch, count), KEEP_ALIVE)
        title = f"{count:,} files, {total / MIB:.0f} MiB, asked for by Zipf's law, {KEEP_ALIVE} connections"
        return Prepared([Check(file) for file in sample], [_requests(f"zipf-{count // 1000}k", title, load, _MEMORY)])

    return prepare


def large(connections: int) -> Callable[[Kit], Prepared]:
    def prepare(kit: Kit) -> Prepared:
        file = make_large(kit.site / "large.bin", 1000)
        title = f"1 GB file, {connections} download{'s' if connections > 1 else ''} at a time"
        load = Drain(kit.built / "drain", file.path, file.length, connections)
        return Prepared([Check(file)], [_gigabytes(f"large-{connections}", title, load)])

    return prepare


def ranges(kit: Kit) -> Prepared:
    file = make_large(kit.site / "ranged.bin", kit.sizes.ranged_blocks)
    load = Replay(kit.lua / "replay.lua", range_trace(kit.scratch, file, _RANGES), 16)
    checks = [Check(file, "identity", first, first + RANGE_BYTES - 1) for first in range_starts(file.length, 3)]
    title = f"{_RANGES:,} random ranges of 64 KiB of a {file.length / 1e9:.0f} GB file, 16 connections"
    return Prepared(checks, [_requests("ranges", title, load)])


# What browsers send: the best that the server has wins.
CODINGS = {"sluice-br": "br", "nginx-gzip": "gzip", "nginx-gzip-static": "gzip"}


def coding(kit: Kit) -> Prepared:
    file = make_page(kit.site)
    load = kit.wrk(file.path, codings={name: "br, gzip" for name in CODINGS})
    title = f"16 KiB of HTML over {KEEP_ALIVE} keep-alive connections, coded"
    return Prepared([Check(file)], [_requests("coding", title, load)])


def rules(kit: Kit) -> Prepared:
    file = make_text(kit.site, KIB)
    title = f"1 KiB over {KEEP_ALIVE} keep-alive connections, without rules and with ten"
    return Prepared([Check(file)], [_requests("rules", title, kit.wrk(file.path))])


def ledger(kit: Kit) -> Prepared:
    file = make_text(kit.site, KIB)
    title = f"1 KiB over {KEEP_ALIVE} keep-alive connections, with each request recorded and without"
    return Prepared([Check(file)], [_requests("ledger", title, kit.wrk(file.path))])


def tls_small(kit: Kit) -> Prepared:
    file = make_text(kit.site, 16 * KIB)
    load = kit.wrk(file.path, openssl=write_openssl_options(kit.scratch / "openssl.cnf"))
    return Prepared(
        [Check(file)], [_requests("tls-16k", f"TLS 1.3, 16 KiB over {KEEP_ALIVE} keep-alive connections", load)]
    )


def tls_large(kit: Kit) -> Prepared:
    file = make_large(kit.site / "large.bin", 100)
    load = kit.wrk(file.path, 4, openssl=write_openssl_options(kit.scratch / "openssl.cnf"), gigabytes=True)
    return Prepared([Check(file)], [_gigabytes("tls-100m", "TLS 1.3, 100 MB file, 4 downloads at a time", load)])


def http2(kit: Kit) -> Prepared:
    file = make_text(kit.site, 16 * KIB)
    load = H2load(file.path, 16, 4, kit.scratch)
    title = "HTTP/2 over TLS 1.3, 16 KiB, 16 connections with 4 requests at a time each"
    return Prepared([Check(file)], [_requests("h2", title, load)])


def idle(kit: Kit) -> Prepared:
    file, count = make_text(kit.site, KIB), kit.sizes.idle_connections
    load = Idle(kit.built / "idle", file.path, count, kit.wrk(file.path))
    return Prepared([Check(file)], [Variant("idle", f"{count:,} idle keep-alive connections", load, _IDLE)], count)


def cold(kit: Kit) -> Prepared:
    hot = make_text(kit.site, 16 * KIB)
    cold = [make_large(kit.site / f"cold{number}.bin", _COLD_BLOCKS) for number in range(_COLD_FILES)]
    tools = (kit.built / "pace", kit.built / "drain")
    sources = [file.source for file in cold]
    load = ColdMix(*tools, hot.path, "/cold#.bin", sources, KEEP_ALIVE, _HOT_RATE, _COLD_BYTES_A_SECOND)
    rate = f"{_COLD_BYTES_A_SECOND // 10**6} MB/s"
    title = f"16 KiB, {_HOT_RATE:,} requests/s, while {_COLD_FILES} cold files are downloaded at up to {rate} each"
    return Prepared([Check(hot), Check(cold[0])], [Variant("cold", title, load, _COLD)])


def start(kit: Kit) -> Prepared:
    file = make_text(kit.site, KIB)
    return Prepared([Check(file)], [Variant("start", "From start to first answer", Start(file.path), _START)])


def connections(kit: Kit) -> Prepared:
    file = make_text(kit.site, KIB)
    counts = [count for count in (1, 10, 100, 1_000, 10_000) if count <= kit.sizes.idle_connections]
    variants = [
        _requests(f"connections-{count}", f"1 KiB over {count:,} keep-alive connections", kit.wrk(file.path, count))
        for count in counts
    ]
    return Prepared([Check(file)], variants, counts[-1])


def files(kit: Kit) -> Prepared:
    file = make_text(kit.site, KIB)
    make_crowd(kit.site, kit.sizes.crowd)
    os.sync()
    title = f"From start to first answer, beside {kit.sizes.crowd:,} files that nobody asks for"
    return Prepared([Check(file)], [Variant("files", title, Start(file.path), _START)])
