import unittest

from harness.stats import Summary, is_steady, paired_ratios, summarize


class StatsTest(unittest.TestCase):
    def test_summarize_one_outlier_median_unmoved(self):
        self.assertEqual(summarize([3.0, 2.0, 900.0]), Summary(3.0, 2.0, 900.0))

    def test_paired_ratios_drifting_machine_cancels_out(self):
        self.assertEqual(paired_ratios([2.0, 4.0, 8.0], [1.0, 2.0, 4.0]), [2.0, 2.0, 2.0])

    def test_paired_ratios_unequal_rounds_refused(self):
        with self.assertRaisesRegex(ValueError, "rounds: 1 .expected: 2"):
            paired_ratios([1.0], [1.0, 2.0])

    def test_is_steady_looks_at_the_last_two_only(self):
        self.assertFalse(is_steady([10.0], 0.03))
        self.assertTrue(is_steady([50.0, 10.0, 10.2], 0.03))
        self.assertFalse(is_steady([10.0, 10.0, 9.6], 0.03))


if __name__ == "__main__":
    unittest.main()
