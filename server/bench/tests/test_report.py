import unittest

from harness.report import as_markdown, demand, number
from harness.targets import Target
from tests.document import about, document, made, record

PAIR = {"sluice": record([8.0, 18.0, 45.0]), "nginx": record([10.0, 20.0, 40.0])}


def markdown(found):
    return as_markdown(found, "latest.svg")


class ReportTest(unittest.TestCase):
    def test_as_markdown_two_servers_median_of_paired_ratios(self):
        text = markdown(document(hot_1k=made("hot-1k", PAIR)))
        self.assertIn("| sluice | 18.0 (8.00–45.0) | 0.900 (0.800–1.12) | 1.00 | 100% |", text)
        self.assertIn("![The main figure of each scenario](latest.svg)", text)

    def test_as_markdown_missing_baseline_no_column_for_it(self):
        text = markdown(document(large_1=made("large-1", PAIR)))
        self.assertIn("÷ nginx |", text)
        self.assertNotIn("÷ floor-sendfile", text)

    def test_as_markdown_targets_met_missed_and_not_measured(self):
        text = markdown(document(hot_1k=made("hot-1k", PAIR)))
        self.assertIn("| hot-1k | sluice, CPU | ≤ 0.80 × nginx | 0.900 (0.800–1.12) | **missed** |", text)
        self.assertIn("| start | sluice-jar, start to first answer | ≤ 600 ms | – | not measured |", text)
        met = {"sluice": record([1.0]), "nginx": record([2.0])}
        self.assertIn("| 0.500 (0.500–0.500) | met |", markdown(document(hot_1k=made("hot-1k", met))))

    def test_as_markdown_quiet_and_steady_at_full_strength_no_doubts(self):
        records = {name: record([1.0] * 5) for name in ("sluice", "sluice-rules")}
        self.assertNotIn("**", markdown(document(rules=made("rules", records, circumstances=about(rounds=5)))))

    def test_as_markdown_not_at_full_strength_said_before_the_targets(self):
        text = markdown(document(rules=made("rules", PAIR)))
        self.assertRegex(text, r"\*\*Not at full strength [^*]*: rules\*\*\n\n\| scenario")

    def test_as_markdown_doubtful_rounds_doubts_said(self):
        records = {"nginx": record([1.0, 1.0, 1.0], others=0.3, steady=False, residentBefore=[0.0, 0.2, 0.0])}
        text = markdown(document(log_1k=made("log-1k", records, {"nginx": 0.5})))
        for doubt in (
            "disturbed: others used over 5% of the server's core: nginx in 3 of 3 rounds",
            "not steady after 20 s",
            "lost log lines",
            "up to 20% of the cold files",
        ):
            self.assertIn(doubt, text)

    def test_as_markdown_left_out_server_told_why(self):
        text = markdown(document(hot_1k=made("hot-1k", PAIR, left_out={"h2o": "not installed"})))
        self.assertIn("- left out: h2o: not installed", text)

    def test_as_markdown_sections_of_different_runs_each_with_its_circumstances(self):
        later = about("2026-12-01 10:00 UTC")
        later.machine["CPU"] = "two"
        earlier = about()
        earlier.machine["Jetty"] = "12"
        found = document(
            hot_1k=made("hot-1k", PAIR, circumstances=earlier), rules=made("rules", PAIR, circumstances=later)
        )
        text = markdown(found)
        self.assertIn("- CPU: two\n- Jetty: 12\n", text)
        self.assertIn("2026-11-23 03:00 UTC, commit abc1234, load average before: 0.25; 3 interleaved rounds", text)
        self.assertIn("- otherwise than above: CPU: one\n", text)

    def test_as_markdown_probes_rounds_without_a_length(self):
        self.assertIn("3 interleaved rounds.\n", markdown(document(start=made("start", PAIR))))

    def test_as_markdown_nothing_measured_still_a_report(self):
        self.assertIn("## Targets", markdown(document()))

    def test_demand_in_words(self):
        self.assertEqual(demand(Target("x", "cpu", 0.95, ("a", "b"))), "≤ 0.95 × the best of a and b")
        self.assertEqual(demand(Target("x", "cpu", 0.8, ("a",))), "≤ 0.80 × a")
        self.assertEqual(demand(Target("x", "p99", 3, own="aloneP99")), "≤ 3.00 × its own without downloads")
        self.assertEqual(demand(Target("x", "bytes", 8192, unit="bytes")), "≤ 8192 bytes")

    def test_number_three_digits(self):
        self.assertEqual(
            [number(value) for value in (12345, 99.95, 1.234, 0.01234, -3.5)],
            ["12345", "100.0", "1.23", "0.012", "-3.50"],
        )


if __name__ == "__main__":
    unittest.main()
