"""Facts about the machine and the programs, for the report. No paths and no names of hosts: reports are published."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import zipfile
from datetime import datetime, timezone
from pathlib import Path

from .servers import Tools

_SOURCES = (":/pom.xml", ":/server/pom.xml", ":/server/src", ":/server/bin")


def describe(tools: Tools, site: Path) -> dict[str, str]:
    """Label to value, in the order of the report: the machine, then the programs that are there."""
    facts = {
        "CPU": f"{_cpu_model()}, {os.cpu_count()} online",
        "kernel": f"{platform.system()} {platform.release()} {platform.machine()}",
        "TCP congestion control": _congestion_control(),
        "file system of the site": _said("findmnt", "-n", "-o", "FSTYPE", "-T", str(site)),
        "Sluice": _said(tools.java, "-jar", str(tools.jar), "--version"),
        "JDK": _said(tools.java, "-version", line=-1),
        "nginx": _said("nginx", "-v").removeprefix("nginx version: "),
        "lighttpd": _said("lighttpd", "-v").partition(" - ")[0],
        "h2o": _said("h2o", "--version").removeprefix("h2o version "),
        "Caddy": _said("caddy", "version"),
        "Undertow": _undertow_version(tools.jar),
        "Jetty": _jetty_version(tools.jetty),
        "wrk": _said("wrk", "-v").removeprefix("wrk ").partition(" ")[0],
        "h2load": _said("h2load", "--version"),
        "C compiler": _said("gcc", "--version"),
    }
    return {label: value for label, value in facts.items() if value != "unknown"}


def now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def load_average() -> float:
    """Of the last minute: how busy others kept the machine before."""
    return round(os.getloadavg()[0], 2)


def commit() -> str:
    """Of this tree, which is said to have changes if its sources differ from the commit."""
    here = str(Path(__file__).parent)
    changed = _said("git", "-C", here, "status", "--porcelain", "--", *_SOURCES, default="")
    return _said("git", "-C", here, "rev-parse", "--short", "HEAD") + (" with changes" if changed else "")


def _congestion_control() -> str:
    """That of the route to this machine itself, if it has one of its own: in a namespace it is set there."""
    found = re.search(r"congctl (\w+)", _said("ip", "route", "show", "table", "local", line=None))
    return found[1] if found else _said("cat", "/proc/sys/net/ipv4/tcp_congestion_control")


def _cpu_model() -> str:
    for source in (Path("/proc/cpuinfo").read_text(), _said("lscpu", line=None)):
        found = re.search(r"^model name\s*:\s*(.+)$", source, re.MULTILINE | re.IGNORECASE)
        if found:
            return found[1]
    return platform.machine()


def _undertow_version(jar: Path) -> str:
    try:
        with zipfile.ZipFile(jar) as entries:
            properties = entries.read("io/undertow/version.properties").decode()
    except (OSError, KeyError, zipfile.BadZipFile):
        return "unknown"
    return properties.strip().rpartition("=")[2]


def _jetty_version(jars: Path | None) -> str:
    names = [jar.stem for jar in jars.glob("jetty-server-*.jar")] if jars else []
    return names[0].removeprefix("jetty-server-") if names else "unknown"


def _said(*command: str, line: int | None = 0, default: str = "unknown") -> str:
    """One line of what a program says (None: all of it), or `default`: a missing label must not fail a long run."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return default
    lines = (done.stdout or done.stderr).strip().splitlines()
    if not lines:  # the status tells nothing: wrk -v prints its version and exits with 1
        return default
    return "\n".join(lines) if line is None else lines[line].strip()
