import contextlib
import io
import unittest
from pathlib import Path

from harness.options import FAMILIES, SCENARIO_NAMES, parse

JAR = Path("sluice.jar")


class OptionsTest(unittest.TestCase):
    def refused(self, *arguments):
        words = io.StringIO()
        with contextlib.redirect_stderr(words), self.assertRaises(SystemExit) as ended:
            parse(arguments, JAR)
        self.assertEqual(ended.exception.code, 2)
        return words.getvalue()

    def test_parse_nothing_everything_at_full_strength(self):
        asked = parse([], JAR)
        self.assertEqual((asked.scenarios, asked.families, asked.jar), (SCENARIO_NAMES, FAMILIES, JAR))
        self.assertGreaterEqual(asked.pace.rounds, 5)

    def test_parse_quick_all_scenarios_and_short(self):
        asked = parse(["--quick"], JAR)
        self.assertEqual(asked.scenarios, SCENARIO_NAMES)
        self.assertLess(asked.pace.rounds * asked.pace.seconds, 5)
        self.assertEqual(parse(["--quick", "--servers", "caddy,sluice"], JAR).families, ("sluice", "caddy"))

    def test_parse_lists_in_their_own_order(self):
        self.assertEqual(parse(["--scenario", "start,hot-1k"], JAR).scenarios, ("hot-1k", "start"))

    def test_parse_wrong_values_refused_with_what_was_expected(self):
        self.assertIn("'apache' (expected: some of sluice,", self.refused("--servers", "apache"))
        self.assertIn("--rounds: 0 (expected: 1..100)", self.refused("--rounds", "0"))


if __name__ == "__main__":
    unittest.main()
