"""What is built for a run, in its scratch folder: C programs, Java peers, a certificate. All waits are bounded."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from .problem import Problem
from .rounds import say
from .servers import Tls, Tools

_COMPILE_SECONDS = 60
_MAVEN_SECONDS = 180
_COPY_DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies"
_PROGRAMS = ("floor", "drain", "idle", "pace")


def make_tools(bench: Path, scratch: Path, java: str, jar: Path, with_jetty: bool) -> Tools:
    """Compiles everything in `bench`. Without Maven or without its repository there is no Jetty, and the launcher only
    knows the jar of its own tree."""
    built, classes = scratch / "built", scratch / "classes"
    built.mkdir()
    for name in _PROGRAMS:
        _run(["gcc", "-O2", "-o", str(built / name), str(bench / "c" / f"{name}.c")], _COMPILE_SECONDS)
    jetty = _jetty_jars(bench, scratch / "jetty") if with_jetty else None
    sources = ["ResourceHandlerPeer"] + (["JettyPeer"] if jetty else [])
    path = ":".join(map(str, [jar, *(sorted(jetty.glob("*.jar")) if jetty else [])]))
    # The compiler by way of `java`, so that the peers run on the JDK that compiled them.
    compiler = [java, "-m", "jdk.compiler/com.sun.tools.javac.Main", "-d", str(classes), "-cp", path]
    _run([*compiler, *(str(bench / "java" / f"{name}.java") for name in sources)], _COMPILE_SECONDS)
    launcher = bench.parent / "bin" / "sluice"
    can_launch = launcher.is_file() and jar.is_relative_to(bench.parent.resolve())
    return Tools(java, jar, launcher if can_launch else None, built, classes, jetty)


def make_tls(folder: Path) -> Tls:
    """A self-signed certificate with a key on P-256, as certificate authorities issue them now."""
    made = Tls(folder / "certificate.pem", folder / "key.pem")
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "7"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", str(made.key)]
    _run(["openssl", "req", "-x509", *key, "-out", str(made.certificate), *subject], _COMPILE_SECONDS)
    return made


def _jetty_jars(bench: Path, target: Path) -> Path | None:
    wrapper = bench.parent.parent / "mvnw"
    maven = shutil.which("mvn") or (str(wrapper) if wrapper.is_file() else None)
    if maven is None:
        say("Jetty's jars can't be had without Maven")
        return None
    pom = bench / "java" / "jetty-pom.xml"
    try:
        _run(
            [maven, "-q", "-B", "-U", "-f", str(pom), _COPY_DEPENDENCIES, f"-DoutputDirectory={target}"], _MAVEN_SECONDS
        )
    except Problem as problem:
        say(f"Jetty's jars can't be had: {problem}")
        return None
    return target


def _run(command: list[str], seconds: float) -> None:
    name = Path(command[0]).name
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired) as cause:
        raise Problem(f"{name} could not be run: {cause!r}") from cause
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise Problem(f"{name} failed: {words[0] if words else done.returncode}")
