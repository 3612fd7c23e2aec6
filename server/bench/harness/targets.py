"""What must be shown, and whether it is. All targets of the project stand here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence

from .sections import rounds, variants
from .stats import Summary, best_of, paired_ratios, summarize


@dataclass(frozen=True)
class Target:
    """At most `limit`: of a server's figure itself, in `unit`, or of its ratio to the best of the servers in `against`,
    round by round. With `own`, the ratio is to another figure of the same server instead."""

    variant: str
    key: str
    limit: float
    against: Sequence[str] = ()
    own: str | None = None
    server: str = "sluice"
    unit: str = ""


_CPU = "cpu"
_HOT = ("hot-1k", "hot-16k")

TARGETS = (
    *(Target(variant, _CPU, 0.80, ("nginx",)) for variant in _HOT),
    *(Target(variant, _CPU, 0.95, ("lighttpd", "h2o")) for variant in _HOT),
    *(Target(variant, _CPU, 1.35, ("floor-answer",)) for variant in _HOT),
    # The cheaper of nginx's two ways to log.
    *(Target(variant, _CPU, 0.80, ("nginx", "nginx-buffer64k")) for variant in ("log-1k", "log-16k")),
    Target("zipf-100k", _CPU, 1.00, ("nginx",)),
    *(Target(variant, _CPU, 1.03, ("nginx",)) for variant in ("large-1", "large-4")),
    *(Target(variant, _CPU, 1.10, ("floor-sendfile",)) for variant in ("large-1", "large-4")),
    # With tcp_nopush, nginx lets the end of most ranges wait 40 ms for an acknowledgement: not its best configuration.
    Target("ranges", _CPU, 1.05, ("nginx-nopush-off",)),
    Target("ledger", _CPU, 1.03, ("sluice-unrecorded",)),
    *(Target(variant, _CPU, 1.15, ("nginx",)) for variant in ("tls-16k", "tls-100m")),
    Target("cold", "p99", 1.00, ("nginx-aio",)),
    Target("cold", "p99", 3.00, own="aloneP99"),
    Target("idle", "bytes", 8192, unit="bytes"),
    Target("idle", "bytes", 1.00, ("nginx",)),
    Target("start", "millis", 600, server="sluice-jar", unit="ms"),
    Target("start", "millis", 350, server="sluice-launcher", unit="ms"),
    Target("zipf-100k", "memory", 150, unit="MiB"),
    Target("zipf-100k", "memory", 150, server="sluice-launcher", unit="MiB"),
)


@dataclass(frozen=True)
class Verdict:
    """`measured` is None where the document lacks what is needed."""

    target: Target
    measured: Summary | None

    @property
    def met(self) -> bool:
        return self.measured is not None and self.measured.median <= self.target.limit

    @property
    def word(self) -> str:
        return "not measured" if self.measured is None else "met" if self.met else "missed"


def servers_in_targets(variant: str) -> set[str]:
    """The names of all servers that any target of a variant is about."""
    return {name for target in TARGETS if target.variant == variant for name in (target.server, *target.against)}


def judge(document: Mapping) -> list[Verdict]:
    """Every target against the document, in the order of TARGETS."""
    known = dict(variants(document))
    return [Verdict(target, _measured(target, known.get(target.variant))) for target in TARGETS]


def _measured(target: Target, variant: Mapping | None) -> Summary | None:
    values = rounds(variant, target.server, target.key) if variant else None
    if values is None:
        return None
    if target.own:
        return _ratio(values, [rounds(variant, target.server, target.own)])
    if target.against:
        return _ratio(values, [rounds(variant, server, target.key) for server in target.against])
    return summarize(values)


def _ratio(values: Sequence[float], baselines: Sequence[list[float] | None]) -> Summary | None:
    if not all(baselines):  # one is missing: the best of the others might not be the best of all
        return None
    best = best_of(baselines)
    # Memory that didn't grow at all has no ratio.
    return summarize(paired_ratios(values, best)) if all(best) else None
