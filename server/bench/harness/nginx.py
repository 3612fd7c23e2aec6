"""nginx, one worker for its one core, set up for static files as its manual advises. README.md says why."""

from __future__ import annotations

import grp
import os
from dataclasses import dataclass

from .peers import TYPES, descriptors, owner
from .servers import Place, ServerKind, Tools


@dataclass(frozen=True)
class Nginx:
    """What differs between its variants, in words of its configuration."""

    log: str = ""
    nopush: str = "on"
    more: str = ""
    open_files: int = 1000


def nginx(name: str = "nginx", variant: Nginx = Nginx()) -> ServerKind:
    def command(_: Tools, place: Place) -> list[str]:
        configuration = place.scratch / "nginx.conf"
        configuration.write_text(_nginx_configuration(place, variant))
        return ["nginx", "-e", "stderr", "-p", str(place.scratch), "-c", str(configuration)]

    return ServerKind(name, "nginx", False, command, lambda tools: tools.program("nginx"))


def _nginx_configuration(place: Place, variant: Nginx) -> str:
    # Started by root, nginx would serve as another user, who may not look into a temporary folder.
    user = f"user {owner()} {grp.getgrgid(0).gr_name};" if os.geteuid() == 0 else ""
    access_log = f'"{place.access_log}" combined{variant.log}' if place.access_log else "off"
    scratch_paths = "\n  ".join(
        f"{module}_temp_path {module};" for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = " ".join(f"{media_type} {extension};" for extension, media_type in TYPES.items())
    tls = f"ssl_certificate {place.tls.certificate}; ssl_certificate_key {place.tls.key};" if place.tls else ""
    return f"""\
{user}
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections {_nginx_connections(place)}; }}
http {{
  {scratch_paths}
  types {{ {types} }}
  {variant.more}
  default_type application/octet-stream;
  sendfile on;
  tcp_nopush {variant.nopush};
  etag on;
  open_file_cache max={min(variant.open_files, descriptors())};
  open_file_cache_valid 60s;
  keepalive_timeout 600s;
  keepalive_requests 1000000000;
  access_log {access_log};
  {"ssl_protocols TLSv1.3;" if tls else ""}
  server {{
    listen 127.0.0.1:{place.port}{" ssl http2" if tls else ""};
    {tls}
    root "{place.site}";
  }}
}}
"""


def _nginx_connections(place: Place) -> int:
    """With less than a sixteenth of them free, nginx closes idle ones."""
    return max(1024, place.connections * 5 // 4)
