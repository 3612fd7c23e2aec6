import json
import unittest

from harness.report import as_json, as_markdown
from harness.rounds import Pace, Record, Variant
from harness.scenarios import Measured
from harness.site import Head

PACE = Pace(rounds=3, seconds=5, warm_up=15, warm_up_limit=45)
VARIANT = Variant("small", "1 KiB", None, "µs/request", 1e6, "requests/s")


def record(cpu, others=0.0, steady=True):
    constant = {key: [1.0] * len(cpu) for key in ("user", "kernel", "rate", "p99", "busy")}
    return Record(20, steady, 1000, {"cpu": cpu, **constant, "others": [others] * len(cpu)})


def measured(records, log_lines=None):
    heads = {name: Head(200, ["Date"]) for name in records}
    return [Measured(VARIANT, ("nginx", "nginx-buffer64k"), heads, records, log_lines or {})]


class ReportTest(unittest.TestCase):
    PAIR = {"sluice": record([8.0, 18.0, 45.0]), "nginx": record([10.0, 20.0, 40.0])}

    def test_as_markdown_two_servers_median_of_paired_ratios(self):
        text = as_markdown({}, PACE, measured(self.PAIR))
        self.assertIn("| sluice | 18.0 (8.00–45.0) | 0.900 (0.800–1.12) |", text)
        self.assertNotIn("buffer64k", text)

    def test_as_markdown_quiet_and_steady_no_doubts(self):
        self.assertNotIn("**", as_markdown({}, PACE, measured(self.PAIR)))

    def test_as_markdown_doubtful_rounds_doubts_said(self):
        records = {"nginx": record([1.0, 1.0, 1.0], others=0.3, steady=False)}
        text = as_markdown({}, PACE, measured(records, {"nginx": 0.5}))
        for doubt in ("in 3 of 3 rounds of nginx, others used over 5%", "not steady after 20 s", "lost log lines"):
            self.assertIn(doubt, text)

    def test_as_json_read_back_rounds_and_ratios_there(self):
        document = json.loads(as_json({"CPU": "one"}, PACE, measured(self.PAIR)))
        sluice = document["variants"]["small"]["servers"]["sluice"]
        self.assertEqual(sluice["rounds"]["cpu"], [8.0, 18.0, 45.0])
        self.assertEqual(sluice["ratios"]["nginx"]["cpu"], {"median": 0.9, "low": 0.8, "high": 1.125})
        self.assertNotIn("logLinesPerRequest", sluice)


if __name__ == "__main__":
    unittest.main()
