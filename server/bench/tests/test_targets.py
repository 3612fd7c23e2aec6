import unittest

from harness.scenarios import SCENARIOS
from harness.targets import TARGETS, Target, Verdict, judge
from harness.stats import Summary
from tests.document import document, made, record


def verdict(found, variant, key="cpu", against=(), own=None, server="sluice"):
    return next(
        seen
        for seen in judge(found)
        if (seen.target.variant, seen.target.key, tuple(seen.target.against), seen.target.own, seen.target.server)
        == (variant, key, tuple(against), own, server)
    )


class TargetsTest(unittest.TestCase):
    def test_judge_ratio_median_of_the_rounds_ratios(self):
        found = document(
            hot_1k=made("hot-1k", {"sluice": record([7.0, 18.0, 45.0]), "nginx": record([10.0, 20.0, 40.0])})
        )
        seen = verdict(found, "hot-1k", against=["nginx"])
        self.assertEqual(seen.measured, Summary(0.9, 0.7, 1.125))
        self.assertEqual((seen.met, seen.word), (False, "missed"))

    def test_judge_best_of_several_best_in_each_round(self):
        servers = {"sluice": record([9.0, 9.0]), "lighttpd": record([10.0, 20.0]), "h2o": record([20.0, 10.0])}
        seen = verdict(document(hot_1k=made("hot-1k", servers)), "hot-1k", against=["lighttpd", "h2o"])
        self.assertEqual(seen.measured, Summary(0.9, 0.9, 0.9))
        self.assertEqual((seen.met, seen.word), (True, "met"))

    def test_judge_one_of_several_missing_not_measured(self):
        servers = {"sluice": record([9.0]), "lighttpd": record([10.0])}
        seen = verdict(document(hot_1k=made("hot-1k", servers)), "hot-1k", against=["lighttpd", "h2o"])
        self.assertEqual((seen.measured, seen.met, seen.word), (None, False, "not measured"))

    def test_judge_own_other_figure(self):
        servers = {"sluice": record([1.0, 1.0], p99=[6.0, 8.0], aloneP99=[2.0, 4.0])}
        seen = verdict(document(cold=made("cold", servers)), "cold", "p99", own="aloneP99")
        self.assertEqual(seen.measured, Summary(2.5, 2.0, 3.0))

    def test_judge_absolute_at_the_limit_met(self):
        servers = {"sluice": record([1.0], bytes=[8192.0])}
        self.assertTrue(verdict(document(idle=made("idle", servers)), "idle", "bytes").met)
        servers = {"sluice": record([1.0], bytes=[8193.0])}
        self.assertFalse(verdict(document(idle=made("idle", servers)), "idle", "bytes").met)

    def test_judge_baseline_of_zero_in_one_round_not_measured(self):
        servers = {"sluice": record([1.0], bytes=[10.0, 10.0]), "nginx": record([1.0], bytes=[5.0, 0.0])}
        seen = verdict(document(idle=made("idle", servers)), "idle", "bytes", ["nginx"])
        self.assertIsNone(seen.measured)

    def test_judge_nothing_measured_every_target_told(self):
        self.assertEqual({seen.word for seen in judge(document())}, {"not measured"})
        self.assertEqual([seen.target for seen in judge(document())], list(TARGETS))

    def test_targets_name_servers_that_their_scenario_has(self):
        known = {scenario.name: {kind.name for kind in scenario.servers} for scenario in SCENARIOS}
        for target in TARGETS:
            self.assertLessEqual({target.server, *target.against}, known[target.variant], target)

    def test_verdict_met_needs_a_measurement(self):
        self.assertFalse(Verdict(Target("hot-1k", "cpu", 1.0), None).met)


if __name__ == "__main__":
    unittest.main()
