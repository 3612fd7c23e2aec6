import unittest

from harness.problem import Problem
from harness.rounds import Column, Cores, Pace, Variant, run_probes

PACE = Pace(rounds=3, seconds=1, warm_up=1, warm_up_limit=1, native_warm_up=0)


class Kind:
    def __init__(self, name):
        self.name = name


class Counting:
    """A probe that counts its runs and fails for one server in its second round."""

    def __init__(self, failing):
        self.failing, self.runs = failing, []

    def run(self, launch, cores):
        name = launch([cores.server])
        self.runs.append(name)
        if name == self.failing and self.runs.count(name) == 2:
            raise Problem(f"{name}: fell over")
        return {"millis": float(len(self.runs))}


class RoundsTest(unittest.TestCase):
    def run_all(self, failing):
        probe, told = Counting(failing), []
        variant = Variant("start", "title", probe, (Column("millis", "ms"),))
        records = run_probes(
            [Kind("a"), Kind("b")],
            lambda kind, cores: kind.name,
            variant,
            PACE,
            Cores(0, 1),
            lambda name, problem: told.append((name, str(problem))),
        )
        return probe.runs, records, told

    def test_run_probes_rounds_interleaved(self):
        runs, records, told = self.run_all(None)
        self.assertEqual((runs, told), (["a", "b"] * 3, []))
        self.assertEqual(records["b"].columns, {"millis": [2.0, 4.0, 6.0]})

    def test_run_probes_one_fails_the_others_go_on(self):
        runs, records, told = self.run_all("a")
        self.assertEqual(runs, ["a", "b", "a", "b", "b"])
        self.assertEqual(list(records), ["b"])
        self.assertEqual(told, [("a", "a: fell over")])


if __name__ == "__main__":
    unittest.main()
