import json
import tempfile
import unittest
from pathlib import Path

from harness import sections
from harness.scenarios import SCENARIOS
from tests.document import about, document, made, record, scenario

PAIR = {"sluice": record([8.0, 18.0, 45.0]), "nginx": record([10.0, 20.0, 40.0])}


def complete(name, rounds=5, earnest=True, without=""):
    records = {kind.name: record([1.0] * rounds) for kind in scenario(name).servers if kind.name != without}
    return made(name, records, circumstances=about(rounds=rounds, earnest=earnest))


class SectionsTest(unittest.TestCase):
    def test_section_rounds_summary_and_ratios_there(self):
        server = made("hot-1k", PAIR)["variants"]["hot-1k"]["servers"]["sluice"]
        self.assertEqual(server["rounds"]["cpu"], [8.0, 18.0, 45.0])
        self.assertEqual(server["summary"]["cpu"], [18.0, 8.0, 45.0])
        self.assertEqual(server["ratios"], {"nginx": {"cpu": [0.9, 0.8, 1.125]}})
        self.assertNotIn("logLinesPerRequest", server)

    def test_section_of_probes_has_no_length_of_rounds(self):
        self.assertEqual(made("hot-1k", PAIR)["settings"]["seconds"], 5)
        self.assertEqual(made("start", PAIR)["settings"], {"rounds": 3})

    def test_section_absent_baseline_no_ratios(self):
        variant = made("hot-1k", {"sluice": record([1.0])})["variants"]["hot-1k"]
        self.assertEqual((variant["baselines"], variant["servers"]["sluice"]["ratios"]), ([], {}))

    def test_replaced_one_section_new_the_others_untouched(self):
        before = document(hot_1k=made("hot-1k", PAIR), idle=made("idle", PAIR))
        after = sections.replaced(before, "hot-1k", complete("hot-1k"))
        self.assertIs(after["sections"]["idle"], before["sections"]["idle"])
        self.assertEqual(after["sections"]["hot-1k"]["settings"]["rounds"], 5)
        self.assertEqual(before["sections"]["hot-1k"]["settings"]["rounds"], 3)

    def test_replaced_order_is_that_of_the_scenarios(self):
        found = document(start=made("start", PAIR), large_1=made("large-1", PAIR), zipf_10k=made("zipf-10k", PAIR))
        self.assertEqual(list(found["sections"]), ["zipf-10k", "large-1", "start"])

    def test_section_all_servers_and_rounds_in_earnest_full_strength(self):
        self.assertTrue(complete("log-1k")["fullStrength"])
        self.assertFalse(complete("log-1k", rounds=4)["fullStrength"])
        self.assertFalse(complete("log-1k", earnest=False)["fullStrength"])
        self.assertFalse(complete("log-1k", without="h2o")["fullStrength"])

    def test_as_json_read_back_the_same_with_a_line_for_each_list_of_rounds(self):
        found = document(hot_1k=made("hot-1k", PAIR))
        text = sections.as_json(found)
        self.assertEqual(json.loads(text), found)
        self.assertIn('"cpu": [8.0, 18.0, 45.0]', text)

    def test_load_other_format_or_no_file_empty(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "latest.json"
            self.assertEqual(sections.load(file), sections.empty())
            file.write_text('{"format": 1, "variants": {}}')
            self.assertEqual(sections.load(file), sections.empty())
            file.write_text(sections.as_json(document(hot_1k=made("hot-1k", PAIR))))
            self.assertEqual(list(sections.load(file)["sections"]), ["hot-1k"])

    def test_scenarios_names_unique_and_baselines_among_their_servers(self):
        names = [known.name for known in SCENARIOS]
        self.assertEqual(len(names), len(set(names)))
        for known in SCENARIOS:
            servers = [kind.name for kind in known.servers]
            self.assertEqual(len(servers), len(set(servers)), known.name)
            self.assertLessEqual({*known.baselines, *known.codings}, set(servers), known.name)


if __name__ == "__main__":
    unittest.main()
