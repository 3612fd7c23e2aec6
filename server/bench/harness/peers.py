"""The peers but nginx: each with one worker for its one core, set up for static files. README.md says why."""

from __future__ import annotations

import os
import pwd
import resource

from .servers import Place, ServerKind, Tools

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "txt": "text/plain",
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "png": "image/png",
    "bin": "application/octet-stream",
}
_SPARE_DESCRIPTORS = 2000


def lighttpd() -> ServerKind:
    def command(_: Tools, place: Place) -> list[str]:
        configuration = place.scratch / "lighttpd.conf"
        configuration.write_text(_lighttpd_configuration(place))
        return ["lighttpd", "-D", "-f", str(configuration)]

    return ServerKind("lighttpd", "lighttpd", False, command, lambda tools: tools.program("lighttpd"))


def _lighttpd_configuration(place: Place) -> str:
    modules = (['"mod_accesslog"'] if place.access_log else []) + (['"mod_openssl"'] if place.tls else [])
    types = ", ".join(f'".{extension}" => "{media_type}"' for extension, media_type in TYPES.items())
    lines = [
        f"server.modules = ({', '.join(modules)})",
        f'server.document-root = "{place.site}"',
        'server.bind = "127.0.0.1"',
        f"server.port = {place.port}",
        f"server.max-connections = {max(1024, place.connections + 100)}",
        f"server.max-fds = {descriptors() + _SPARE_DESCRIPTORS}",
        "server.max-keep-alive-requests = 65535",  # the most that it knows
        "server.max-keep-alive-idle = 600",
        f"mimetype.assign = ({types})",
    ]
    if place.access_log:
        lines.append(f'accesslog.filename = "{place.access_log}"')
    if place.tls:
        lines += [
            'ssl.engine = "enable"',
            f'ssl.pemfile = "{place.tls.certificate}"',
            f'ssl.privkey = "{place.tls.key}"',
        ]
    return "\n".join(lines) + "\n"


def h2o() -> ServerKind:
    def command(_: Tools, place: Place) -> list[str]:
        configuration = place.scratch / "h2o.conf"
        configuration.write_text(_h2o_configuration(place))
        return ["h2o", "-m", "worker", "-c", str(configuration)]

    return ServerKind("h2o", "h2o", False, command, lambda tools: tools.program("h2o"))


def _h2o_configuration(place: Place) -> str:
    tls = (
        f", ssl: {{certificate-file: {place.tls.certificate}, key-file: {place.tls.key}, ocsp-update-interval: 0}}"
        if place.tls
        else ""
    )
    lines = [
        f"listen: {{host: 127.0.0.1, port: {place.port}{tls}}}",
        "num-threads: 1",
        f"max-connections: {max(1024, place.connections + 100)}",
        "http1-request-timeout: 600",  # for idle connections too
        *([f"user: {owner()}"] if os.geteuid() == 0 else []),
        *([f"access-log: {place.access_log}"] if place.access_log else []),
        f"hosts: {{default: {{paths: {{/: {{file.dir: {place.site}}}}}}}}}",
    ]
    return "\n".join(lines) + "\n"


def caddy() -> ServerKind:
    def command(_: Tools, place: Place) -> list[str]:
        configuration = place.scratch / "Caddyfile"
        configuration.write_text(_caddy_configuration(place))
        folders = [f"{name}={place.scratch}" for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")]
        return ["env", *folders, "caddy", "run", "--adapter", "caddyfile", "--config", str(configuration)]

    return ServerKind("caddy", "caddy", False, command, lambda tools: tools.program("caddy"))


def _caddy_configuration(place: Place) -> str:
    scheme, tls = ("https", f"tls {place.tls.certificate} {place.tls.key}") if place.tls else ("http", "")
    return f"""\
{{
  admin off
  auto_https off
  servers {{
    protocols h1 h2
  }}
}}
{scheme}://127.0.0.1:{place.port} {{
  {tls}
  root * {place.site}
  file_server
}}
"""


def undertow() -> ServerKind:
    def command(tools: Tools, place: Place) -> list[str]:
        path = f"{tools.classes}:{tools.jar}"
        return [tools.java, "-cp", path, "ResourceHandlerPeer", str(place.site), str(place.port)]

    return ServerKind("undertow", "undertow", True, command, lambda tools: tools.jar)


def jetty() -> ServerKind:
    def command(tools: Tools, place: Place) -> list[str]:
        path = f"{tools.classes}:{tools.jetty}/*"
        return [tools.java, "-cp", path, "JettyPeer", str(place.site), str(place.port)]

    return ServerKind("jetty", "jetty", True, command, lambda tools: tools.jetty)


def floor(mode: str) -> ServerKind:
    """The C floor; `mode` is `answer` or `sendfile`."""

    def command(tools: Tools, place: Place) -> list[str]:
        return [str(tools.built / "floor"), mode, str(place.port), str(place.file)]

    return ServerKind(f"floor-{mode}", "floor", False, command, lambda tools: tools.built)


def owner() -> str:
    return pwd.getpwuid(0).pw_name


def descriptors() -> int:
    """How many files a server may hold open beside its connections and what it needs for itself."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _SPARE_DESCRIPTORS
