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

_SOURCES = (":/pom.xml", ":/server/pom.xml", ":/server/src")


def describe(tools: Tools, site: Path) -> dict[str, str]:
    """Label to value, in the order of the report."""
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "CPU": f"{_cpu_model()}, {os.cpu_count()} online",
        "kernel": f"{platform.system()} {platform.release()} {platform.machine()}",
        "file system of the site": _said("findmnt", "-n", "-o", "FSTYPE", "-T", str(site)),
        "load average before": f"{os.getloadavg()[0]:.2f}",
        "Sluice": f"{_said(tools.java, '-jar', str(tools.jar), '--version')} (commit {_commit()})",
        "Undertow": _undertow_version(tools.jar),
        "JDK": _said(tools.java, "-version", line=-1),
        "nginx": _said("nginx", "-v").removeprefix("nginx version: "),
        "wrk": _said("wrk", "-v").removeprefix("wrk ").partition(" ")[0],
        "C compiler of drain": _said("gcc", "--version"),
    }


def _cpu_model() -> str:
    for source in (Path("/proc/cpuinfo").read_text(), _said("lscpu", line=None)):
        found = re.search(r"^model name\s*:\s*(.+)$", source, re.MULTILINE | re.IGNORECASE)
        if found:
            return found[1]
    return platform.machine()


def _commit() -> str:
    here = str(Path(__file__).parent)
    changed = _said("git", "-C", here, "status", "--porcelain", "--", *_SOURCES, default="")
    return _said("git", "-C", here, "rev-parse", "--short", "HEAD") + (" with changes" if changed else "")


def _undertow_version(jar: Path) -> str:
    try:
        with zipfile.ZipFile(jar) as entries:
            properties = entries.read("io/undertow/version.properties").decode()
    except (OSError, KeyError, zipfile.BadZipFile):
        return "unknown"
    return properties.strip().rpartition("=")[2]


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
