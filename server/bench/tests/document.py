"""A small document of results, made as a run makes it."""

from harness.answers import Head
from harness.bench import Measured, Outcomes
from harness.rounds import Column, Pace, Record, Variant
from harness.scenarios import SCENARIOS
from harness.sections import Circumstances, empty, replaced, section

PACE = Pace(rounds=3, seconds=5, warm_up=15, warm_up_limit=45, native_warm_up=2)
COLUMNS = (
    Column("cpu", "CPU µs/request", ratio=True),
    Column("rate", "requests/s"),
    Column("busy", "busy", percent=True),
)


def scenario(name):
    return next(known for known in SCENARIOS if known.name == name)


def record(cpu, others=0.0, steady=True, **more):
    constant = {key: [1.0] * len(cpu) for key in ("rate", "busy")}
    columns = {"cpu": cpu, **constant, "others": [others] * len(cpu), **more}
    return Record(20, steady, 1000, columns)


def about(date="2026-11-23 03:00 UTC", rounds=3, earnest=True):
    pace = Pace(rounds, PACE.seconds, PACE.warm_up, PACE.warm_up_limit, PACE.native_warm_up)
    return Circumstances(date, "abc1234", 0.25, {"CPU": "one"}, pace, earnest)


def made(name, records, log_lines=None, left_out=None, circumstances=None, columns=COLUMNS):
    heads = {server: Head(200, ["Date"]) for server in records}
    variant = Variant(name, f"title of {name}", None, columns)
    outcomes = Outcomes([Measured(variant, heads, records, log_lines or {})], left_out or {})
    return section(scenario(name), outcomes, circumstances or about())


def document(**sections):
    """Sections by the names of scenarios, with _ for -."""
    found = empty()
    for name, content in sections.items():
        found = replaced(found, name.replace("_", "-"), content)
    return found
