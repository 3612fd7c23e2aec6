import contextlib
import io
import unittest
from pathlib import Path

from harness.options import SCENARIO_NAMES, parse
from harness.scenarios import SCENARIOS
from tests.document import scenario

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
        self.assertEqual((asked.scenarios, asked.jar), (SCENARIO_NAMES, JAR))
        self.assertGreaterEqual(asked.pace.rounds, 5)
        for known in SCENARIOS:
            self.assertEqual(asked.chosen(known), list(known.servers))

    def test_parse_quick_all_scenarios_and_short(self):
        asked = parse(["--quick"], JAR)
        self.assertEqual(asked.scenarios, SCENARIO_NAMES)
        self.assertLess(asked.pace.rounds * asked.pace.seconds, 5)

    def test_chosen_quick_sluice_and_those_in_ratios_and_targets(self):
        names = [kind.name for kind in parse(["--quick"], JAR).chosen(scenario("hot-1k"))]
        self.assertEqual(names, ["sluice", "nginx", "lighttpd", "h2o", "floor-answer"])
        names = [kind.name for kind in parse(["--quick"], JAR).chosen(scenario("tls-16k"))]
        self.assertEqual(names, ["sluice", "nginx"])

    def test_chosen_servers_named_by_family_just_those(self):
        for arguments in (["--servers", "caddy,sluice"], ["--quick", "--servers", "caddy,sluice"]):
            names = [kind.name for kind in parse(arguments, JAR).chosen(scenario("hot-1k"))]
            self.assertEqual(names, ["sluice", "caddy"])

    def test_parse_lists_in_their_own_order(self):
        self.assertEqual(parse(["--scenario", "start,hot-1k"], JAR).scenarios, ("hot-1k", "start"))

    def test_parse_wrong_values_refused_with_what_was_expected(self):
        self.assertIn("'apache' (expected: some of sluice,", self.refused("--servers", "apache"))
        self.assertIn("--rounds: 0 (expected: 1..100)", self.refused("--rounds", "0"))


if __name__ == "__main__":
    unittest.main()
