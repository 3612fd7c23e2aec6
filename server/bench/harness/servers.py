"""The servers compared: how each is started, pinned, watched and stopped."""

from __future__ import annotations

import grp
import os
import pwd
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from . import cputime
from .cputime import CpuTime
from .problem import Problem

_START_SECONDS = 30
_STOP_SECONDS = 10
_POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Tools:
    """Where things are."""

    java: str
    jar: Path
    peer_source: Path


@dataclass(frozen=True)
class Place:
    """What a server is told: the folder to serve, its port, a folder of its own, and where to log (None: nowhere)."""

    site: Path
    port: int
    scratch: Path
    access_log: Path | None


@dataclass(frozen=True)
class ServerKind:
    """`family` is what --servers selects; `command` may write files into its scratch folder."""

    name: str
    family: str
    is_jvm: bool
    command: Callable[[Tools, Place], list[str]]


class Server:
    """A server process that this harness started, with its children. Use it as a context manager: leaving stops it."""

    def __init__(self, kind: ServerKind, tools: Tools, place: Place, core: int):
        self.kind = kind
        self.port = place.port
        self.access_log = place.access_log
        self._output = place.scratch / "output"
        command = ["taskset", "-c", str(core), *kind.command(tools, place)]
        with self._output.open("wb") as output:
            # A session of its own, so that stopping the group reaches nginx's worker and nothing that is not ours.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=place.scratch,
                start_new_session=True,
            )
        self.pids: list[int] = []

    def __enter__(self) -> Server:
        try:
            self._await_answer()
            self.pids = [self._process.pid, *cputime.children(self._process.pid)]
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def cpu(self) -> CpuTime:
        """The CPU time of the whole server so far."""
        try:
            return cputime.of_processes(self.pids)
        except (FileNotFoundError, ProcessLookupError) as cause:
            raise Problem(f"{self.kind.name}: a process of it ended unexpectedly: {self.last_words()}") from cause

    def last_words(self) -> str:
        """The last line that the server wrote to its standard streams."""
        lines = self._output.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it printed nothing"

    def stop(self) -> None:
        """Ends the process group, gently first. Does nothing to one that is gone."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                return
            os.killpg(self._process.pid, number)
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue

    def _await_answer(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            status = self._process.poll()
            if status is not None:
                raise Problem(f"{self.kind.name}: exited with status {status} before it answered: {self.last_words()}")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(_POLL_SECONDS)
        raise Problem(f"{self.kind.name}: accepted no connection within {_START_SECONDS} s: {self.last_words()}")


def free_port() -> int:
    """A loopback port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _sluice(tools: Tools, place: Place) -> list[str]:
    command = [tools.java, "-jar", str(tools.jar), str(place.site), "-p", str(place.port), "--admin", "off"]
    return command + (["--access-log", str(place.access_log)] if place.access_log else [])


def _sluice_with_rules(tools: Tools, place: Place) -> list[str]:
    configuration = place.scratch / "sluice.yaml"
    configuration.write_text(_TEN_RULES.format(site=place.site, port=place.port))
    return [tools.java, "-jar", str(tools.jar), "-c", str(configuration), "--admin", "off"]


# All of them are looked at for /small.txt, and half of them match.
_TEN_RULES = """\
listeners: [{{host: 127.0.0.1, port: {port}}}]
sites:
  - root: {site}
    rules:
      - {{security: true}}
      - {{match: {{path: "/private/**"}}, deny: true}}
      - {{match: {{path: "/old/**"}}, redirect: "/new/$1"}}
      - {{match: {{extension: [txt, html]}}, headers: {{set: {{X-One: "1"}}}}}}
      - {{match: {{path: "/assets/*.js"}}, cache: immutable}}
      - {{match: {{type: "text/*"}}, cache: 1h}}
      - {{match: {{path: "/*.txt"}}, cors: true}}
      - {{match: {{path: "/download/**"}}, download: true}}
      - {{match: {{path: ["/a/**", "/b/**"]}}, rewrite: "/c/$1"}}
      - {{match: {{path: "/**"}}, headers: {{add: {{X-Two: "2"}}}}}}
"""


def _resource_handler(tools: Tools, place: Place) -> list[str]:
    return [tools.java, "-cp", str(tools.jar), str(tools.peer_source), str(place.site), str(place.port)]


def _nginx(log_options: str = "", nopush: str = "on", coding: str = "") -> Callable[[Tools, Place], list[str]]:
    def command(_: Tools, place: Place) -> list[str]:
        configuration = place.scratch / "nginx.conf"
        configuration.write_text(_nginx_configuration(place, log_options, nopush, coding))
        return ["nginx", "-e", "stderr", "-p", str(place.scratch), "-c", str(configuration)]

    return command


def _nginx_configuration(place: Place, log_options: str, nopush: str, coding: str) -> str:
    # Started by root, nginx would serve as another user, who may not look into a temporary folder.
    user = f"user {pwd.getpwuid(0).pw_name} {grp.getgrgid(0).gr_name};" if os.geteuid() == 0 else ""
    access_log = f'"{place.access_log}" combined{log_options}' if place.access_log else "off"
    scratch_paths = "\n  ".join(
        f"{module}_temp_path {module};" for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""\
{user}
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
  {scratch_paths}
  types {{ text/plain txt; text/html html; }}
  {coding}
  default_type application/octet-stream;
  sendfile on;
  tcp_nopush {nopush};
  etag on;
  open_file_cache max=1000;
  open_file_cache_valid 60s;
  keepalive_requests 1000000000;
  access_log {access_log};
  server {{
    listen 127.0.0.1:{place.port};
    root "{place.site}";
  }}
}}
"""


SLUICE = ServerKind("sluice", "sluice", True, _sluice)
NGINX = ServerKind("nginx", "nginx", False, _nginx())
NGINX_NOPUSH_OFF = ServerKind("nginx-nopush-off", "nginx", False, _nginx(nopush="off"))
SLUICE_IDENTITY = ServerKind("sluice-identity", "sluice", True, _sluice)
SLUICE_BR = ServerKind("sluice-br", "sluice", True, _sluice)
SLUICE_RULES = ServerKind("sluice-rules", "sluice", True, _sluice_with_rules)
NGINX_GZIP = ServerKind("nginx-gzip", "nginx", False, _nginx(coding="gzip on; gzip_vary on; gzip_http_version 1.1;"))
NGINX_GZIP_STATIC = ServerKind("nginx-gzip-static", "nginx", False, _nginx(coding="gzip_static on; gzip_vary on;"))
NGINX_BUFFERED = ServerKind("nginx-buffer64k", "nginx", False, _nginx(" buffer=64k"))
UNDERTOW = ServerKind("undertow", "undertow", True, _resource_handler)
