"""Sluice, with every option at its default but those that a scenario is about."""

from __future__ import annotations

from .servers import Place, ServerKind, Tools


# The port is free, since several servers run beside each other.
_ADMIN = "127.0.0.1:0"


def sluice(
    name: str = "sluice", settings: tuple[str, ...] = (), rules: str = "", admin: str = _ADMIN
) -> ServerKind:
    """`settings` are given as --set; `rules` are lines of YAML; with `admin` off nothing is recorded but the access
    log."""

    def command(tools: Tools, place: Place) -> list[str]:
        return [tools.java, "-jar", str(tools.jar), *_arguments(place, settings, rules, admin)]

    return ServerKind(name, "sluice", True, command, lambda tools: tools.jar)


def launched_sluice(name: str, settings: tuple[str, ...] = ()) -> ServerKind:
    """As the launcher starts it, which is free to choose the JDK and its options. What it keeps between starts goes
    into the benchmark's folder."""

    def command(tools: Tools, place: Place) -> list[str]:
        cache = place.scratch.parent / "launcher-cache"
        return ["env", f"XDG_CACHE_HOME={cache}", str(tools.launcher), *_arguments(place, settings, "", _ADMIN)]

    return ServerKind(name, "sluice", True, command, lambda tools: tools.launcher)


def _arguments(place: Place, settings: tuple[str, ...], rules: str, admin: str) -> list[str]:
    # The load is one client.
    arguments = ["--admin", admin, "--set", "limits.connectionsPerClient=0"]
    if place.tls or rules:
        configuration = place.scratch / "sluice.yaml"
        configuration.write_text(_configuration(place, rules))
        arguments += ["-c", str(configuration)]
    else:
        arguments += [str(place.site), "-p", str(place.port)]
    if place.access_log:
        arguments += ["--access-log", str(place.access_log)]
    return arguments + [word for setting in settings for word in ("--set", setting)]


def _configuration(place: Place, rules: str) -> str:
    tls = f", tls: {{certificate: {place.tls.certificate}, key: {place.tls.key}}}" if place.tls else ""
    listener = f"listeners: [{{host: 127.0.0.1, port: {place.port}{tls}}}]\n"
    return f"{listener}sites:\n  - root: {place.site}\n{rules}"


# All of them are looked at for a text at the root, and half of them match.
TEN_RULES = """\
    rules:
      - {security: true}
      - {match: {path: "/private/**"}, deny: true}
      - {match: {path: "/old/**"}, redirect: "/new/$1"}
      - {match: {extension: [txt, html]}, headers: {set: {X-One: "1"}}}
      - {match: {path: "/assets/*.js"}, cache: immutable}
      - {match: {type: "text/*"}, cache: 1h}
      - {match: {path: "/*.txt"}, cors: true}
      - {match: {path: "/download/**"}, download: true}
      - {match: {path: ["/a/**", "/b/**"]}, rewrite: "/c/$1"}
      - {match: {path: "/**"}, headers: {add: {X-Two: "2"}}}
"""
