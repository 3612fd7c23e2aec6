import os
import signal
import tempfile
import unittest
from pathlib import Path

from harness import generator
from harness.load import Wrk, h2load_outcome
from harness.problem import NoAnswer, Problem

SUMMARY = """\
Application protocol: h2

finished in 2.00s, 2.00 req/s, 60.07KB/s
requests: 4 total, 4 started, 4 done, 4 succeeded, 0 failed, 0 errored, 0 timeout
status codes: 4 2xx, 0 3xx, 0 4xx, 0 5xx
"""
LOG = "1\t200\t100\n2\t200\t400\n3\t200\t300\n4\t200\t200\n"
WRK = (
    '{"requests":%d,"bytes":%d,"microseconds":2000000,"p50":500,"p99":2000,'
    '"status_errors":%d,"socket_errors":0,"timeouts":0}\n'
)


class H2loadTest(unittest.TestCase):
    def test_h2load_outcome_rate_and_latencies_read(self):
        found = h2load_outcome("peer", SUMMARY, LOG)
        self.assertEqual((found.units, found.seconds), (4, 2.0))
        self.assertEqual(found.figures, {"rate": 2.0, "p50": 0.2, "p99": 0.4})

    def test_h2load_outcome_failures_refused(self):
        with self.assertRaisesRegex(Problem, "3 succeeded, 1 failed, 0 errored"):
            h2load_outcome("peer", SUMMARY.replace("4 succeeded, 0 failed", "3 succeeded, 1 failed"), LOG)

    def test_h2load_outcome_nothing_answered_told_apart(self):
        with self.assertRaises(NoAnswer):
            h2load_outcome("peer", SUMMARY.replace("4 succeeded", "0 succeeded"), "")

    def test_h2load_outcome_no_summary_refused(self):
        with self.assertRaisesRegex(Problem, "no summary"):
            h2load_outcome("peer", "", "")


class WrkTest(unittest.TestCase):
    """With a program in wrk's place that prints what it is told."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        path = os.environ["PATH"]
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        os.environ["PATH"] = f"{folder.name}:{path}"

    def run_wrk(self, said, **more):
        program = self.folder / "wrk"
        program.write_text(f"#!/bin/sh\ncat <<'END'\n{said}END\n")
        program.chmod(0o700)
        core = min(os.sched_getaffinity(0))
        return Wrk(Path("summary.lua"), "/f", 1, **more).run("peer", 1, 1, core)

    def test_run_requests_counted(self):
        found = self.run_wrk(WRK % (10, 99, 0))
        self.assertEqual((found.units, found.seconds), (10, 2.0))
        self.assertEqual(found.figures, {"rate": 5.0, "p50": 0.5, "p99": 2.0})

    def test_run_gigabytes_bytes_counted(self):
        found = self.run_wrk(WRK % (0, 3_000_000_000, 0), gigabytes=True)
        self.assertEqual((found.units, found.figures["rate"]), (3.0, 1500.0))

    def test_run_errors_and_silence_refused(self):
        with self.assertRaisesRegex(Problem, "peer: wrk counted 2 status errors"):
            self.run_wrk(WRK % (10, 99, 2))
        with self.assertRaises(NoAnswer):
            self.run_wrk(WRK % (0, 0, 0))

    def test_output_overrun_ended_and_told(self):
        grace, generator.GRACE_SECONDS = generator.GRACE_SECONDS, 0.2
        self.addCleanup(setattr, generator, "GRACE_SECONDS", grace)
        core = min(os.sched_getaffinity(0))
        with self.assertRaisesRegex(Problem, "sleep still ran"):
            with generator.started(["sleep", "60"], core) as process:
                generator.output("peer", process, 0.2)
        self.assertEqual(process.returncode, -signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
