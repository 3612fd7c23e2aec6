import os
import subprocess
import sys
import time
import unittest

from harness import cputime


class CpuTimeTest(unittest.TestCase):
    def test_parse_stat_name_with_blanks_and_brackets_fields_still_found(self):
        tick = 1 / os.sysconf("SC_CLK_TCK")
        used = cputime.parse_stat("7 (a ) (b) S 1 7 7 0 -1 4194560 1 0 0 0 250 150 9 9 20 0 3 0 5 6 7")
        self.assertAlmostEqual(used.user, 250 * tick)
        self.assertAlmostEqual(used.system, 150 * tick)

    def test_of_processes_after_burning_cpu_agrees_with_the_clock(self):
        before, burnt = cputime.of_processes([os.getpid()]), time.process_time()
        while time.process_time() - burnt < 0.3:
            pass
        used = (cputime.of_processes([os.getpid()]) - before).total
        self.assertAlmostEqual(used, 0.3, delta=0.05)

    def test_is_compiler_by_the_name_of_the_thread(self):
        self.assertTrue(cputime.is_compiler("71 (C2 CompilerThre) S 1 2 3"))
        self.assertTrue(cputime.is_compiler("72 (C1 CompilerThre) S 1 2 3"))
        self.assertFalse(cputime.is_compiler("73 (sluice I/O-1) S 1 2 3"))

    def test_of_compilers_of_a_program_without_any_none(self):
        self.assertEqual(cputime.of_compilers([os.getpid()]), 0)

    def test_of_core_of_no_machine_refused(self):
        with self.assertRaisesRegex(ValueError, "core: 99999"):
            cputime.of_core(99999)

    def test_children_own_child_found(self):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        try:
            self.assertIn(child.pid, cputime.children(os.getpid()))
        finally:
            child.communicate(b"\n", timeout=10)


if __name__ == "__main__":
    unittest.main()
