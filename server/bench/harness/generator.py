"""A load generator as a process: pinned to its core, and gone when its time and a grace are over."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from .problem import Problem

GRACE_SECONDS = 30


def run(name: str, command: list[str], seconds: float, core: int, openssl: Path | None = None) -> str:
    with started(command, core, openssl) as process:
        return output(name, process, seconds + GRACE_SECONDS)


def output(name: str, process: subprocess.Popen, seconds: float) -> str:
    program = Path(process.args[3]).name
    try:
        said, complaint = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as cause:
        raise Problem(f"{name}: {program} still ran {GRACE_SECONDS} s after its time") from cause
    if process.returncode != 0:
        raise Problem(f"{name}: {program} failed: {last_line(complaint or said) or process.returncode}")
    return said


def last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]


class started:
    """A load generator that is gone when the block is left."""

    def __init__(self, command: list[str], core: int, openssl: Path | None = None):
        environment = {**os.environ, "OPENSSL_CONF": str(openssl)} if openssl else None
        self._process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def __enter__(self) -> subprocess.Popen:
        return self._process

    def __exit__(self, *_: object) -> None:
        with self._process:  # closes the pipes and waits
            self._process.kill()
