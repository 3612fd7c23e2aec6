import unittest

from harness.syscalls import parse_table, per_unit

TABLE = """\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 61.00    0.300000           3     10000           writev
 39.00    0.100000           1     20000        12 read
  0.00    0.000000           0         3           mmap
------ ----------- ----------- --------- --------- ----------------
100.00    0.400000           2     30003        12 total
"""


class SyscallsTest(unittest.TestCase):
    def test_parse_table_with_and_without_errors_calls_read_most_frequent_first(self):
        self.assertEqual(list(parse_table(TABLE).items()), [("read", 20000), ("writev", 10000), ("mmap", 3)])

    def test_parse_table_nothing_traced_empty(self):
        self.assertEqual(parse_table(""), {})

    def test_per_unit_rare_calls_left_out(self):
        self.assertEqual(per_unit({"read": 20000, "mmap": 3}, 10000), {"read": 2.0})


if __name__ == "__main__":
    unittest.main()
