"""All scenarios, in the order in which they run, with the servers that each compares."""

from __future__ import annotations

from typing import Sequence

from . import peers, preparations
from .nginx import Nginx, nginx
from .scenario import Scenario
from .servers import ServerKind
from .sluice import TEN_RULES, launched_sluice, sluice

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
    Scenario("hot-1k", _HOT, ("nginx",), preparations.hot(preparations.KIB, False)),
    Scenario("hot-16k", _HOT, ("nginx",), preparations.hot(16 * preparations.KIB, False)),
    Scenario(
        "hot-64k",
        (_SLUICE, *_NATIVE, _NGINX_NOPUSH_OFF, peers.floor("answer")),
        ("nginx",),
        preparations.hot(64 * preparations.KIB, False),
    ),
    Scenario(
        "log-1k",
        (_SLUICE, _NGINX, _NGINX_BUFFERED, _LIGHTTPD, _H2O),
        ("nginx",),
        preparations.hot(preparations.KIB, True),
        logs=True,
    ),
    Scenario(
        "log-16k",
        (_SLUICE, _NGINX, _NGINX_BUFFERED),
        ("nginx",),
        preparations.hot(16 * preparations.KIB, True),
        logs=True,
    ),
    Scenario("connections", (_SLUICE, _NGINX), ("nginx",), preparations.connections),
    Scenario(
        "zipf-10k",
        _zipf_servers(10_000, "32MiB", (_LIGHTTPD, _H2O, _CADDY, *_JAVA)),
        ("nginx",),
        preparations.zipf(10_000),
    ),
    Scenario(
        "zipf-100k",
        _zipf_servers(
            100_000, "256MiB", (launched_sluice("sluice-launcher", ("cache.memory=256MiB",)), _H2O, _CADDY)
        ),
        ("nginx",),
        preparations.zipf(100_000),
    ),
    Scenario(
        "large-1",
        (_SLUICE, _NGINX, _NGINX_NOPUSH_OFF, *_NATIVE[1:], *_JAVA, _SENDFILE_FLOOR),
        ("nginx", "floor-sendfile"),
        preparations.large(1),
    ),
    Scenario(
        "large-4",
        (_SLUICE, _NGINX, _NGINX_NOPUSH_OFF, _SENDFILE_FLOOR),
        ("nginx", "floor-sendfile"),
        preparations.large(4),
    ),
    Scenario(
        "ranges",
        (_SLUICE, _NGINX, _NGINX_NOPUSH_OFF, *_NATIVE[1:], _JETTY, _SENDFILE_FLOOR),
        ("nginx-nopush-off",),
        preparations.ranges,
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
        preparations.coding,
        codings=preparations.CODINGS,
    ),
    Scenario("rules", (_SLUICE, sluice("sluice-rules", rules=TEN_RULES)), ("sluice",), preparations.rules),
    Scenario(
        "ledger", (_SLUICE, sluice("sluice-unrecorded", admin="off")), ("sluice-unrecorded",), preparations.ledger
    ),
    Scenario("tls-16k", (_SLUICE, *_NATIVE), ("nginx",), preparations.tls_small, tls=True),
    Scenario("tls-100m", (_SLUICE, *_NATIVE), ("nginx",), preparations.tls_large, tls=True),
    Scenario("h2", (_SLUICE, *_NATIVE), ("nginx",), preparations.http2, tls=True),
    Scenario("idle", (_SLUICE, *_NATIVE, _JETTY), ("nginx",), preparations.idle, fresh=True),
    Scenario(
        "cold", (_SLUICE, nginx("nginx-aio", Nginx(more="aio threads;")), _NGINX), ("nginx-aio",), preparations.cold
    ),
    Scenario(
        "start",
        (sluice("sluice-jar"), launched_sluice("sluice-launcher"), _NGINX, _CADDY, *_JAVA),
        ("nginx",),
        preparations.start,
        fresh=True,
    ),
    Scenario("files", (sluice("sluice-jar"), _NGINX), ("nginx",), preparations.files, fresh=True),
)
