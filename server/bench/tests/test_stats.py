import math
import unittest

from harness.stats import Summary, best_of, is_steady, paired_ratios, percentile, summarize


class StatsTest(unittest.TestCase):
    def test_summarize_one_outlier_median_unmoved(self):
        self.assertEqual(summarize([3.0, 2.0, 900.0]), Summary(3.0, 2.0, 900.0))

    def test_paired_ratios_drifting_machine_cancels_out(self):
        self.assertEqual(paired_ratios([2.0, 4.0, 8.0], [1.0, 2.0, 4.0]), [2.0, 2.0, 2.0])

    def test_unequal_rounds_refused(self):
        with self.assertRaisesRegex(ValueError, "rounds: 1 .expected: 2"):
            paired_ratios([1.0], [1.0, 2.0])
        with self.assertRaisesRegex(ValueError, "rounds: 1 .expected: 2"):
            best_of([[1.0, 2.0], [1.0]])

    def test_best_of_smallest_of_each_round(self):
        self.assertEqual(best_of([[3.0, 5.0], [4.0, 2.0]]), [3.0, 2.0])
        self.assertEqual(best_of([[3.0, 5.0]]), [3.0, 5.0])

    def test_is_steady_looks_at_the_last_two_only(self):
        self.assertFalse(is_steady([10.0], 0.03))
        self.assertTrue(is_steady([50.0, 10.0, 10.2], 0.03))
        self.assertFalse(is_steady([10.0, 10.0, 9.6], 0.03))

    def test_is_steady_without_answers_never(self):
        self.assertFalse(is_steady([math.inf, math.inf], 0.03))
        self.assertFalse(is_steady([math.inf, 10.0], 0.03))

    def test_percentile_nearest_rank(self):
        values = list(range(1, 101))
        self.assertEqual([percentile(values, share) for share in (0, 0.5, 0.99, 1)], [1, 50, 99, 100])
        self.assertEqual(percentile([7], 0.99), 7)


if __name__ == "__main__":
    unittest.main()
