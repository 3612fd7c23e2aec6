import mmap
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from harness import memory, pagecache
from harness.memory import Resident

SMAPS = """\
7f0000000000-7f0001000000 rw-s 00000000 fe:00 123    /tmp/sluice-region-1.tmp (deleted)
Size:              16384 kB
Rss:               10000 kB
Private_Dirty:      9000 kB
7f0002000000-7f0003000000 rw-p 00000000 00:00 0
Rss:                 300 kB
Private_Clean:        20 kB
7f0003000000-7f0003001000 rw-p 00000000 fe:00 126    /usr/lib/libc.so.6
Rss:                   4 kB
7f0004000000-7f0004008000 rw-s 00000000 fe:00 124    /tmp/hsperfdata_root/77
Rss:                  32 kB
7f0005000000-7f0006000000 r--s 00000000 fe:00 125    /usr/lib/jvm/lib/modules
Rss:                 500 kB
"""


class MemoryTest(unittest.TestCase):
    def test_parse_smaps_writable_shared_file_mappings_apart(self):
        found = memory.parse_smaps(SMAPS, ("Rss",))
        self.assertEqual(found, Resident((10000 + 300 + 4 + 32 + 500) * 1024, 10000 * 1024))
        self.assertEqual(found.own, 836 * 1024)

    def test_parse_smaps_several_fields_added(self):
        self.assertEqual(memory.parse_smaps(SMAPS, ("Private_Clean", "Private_Dirty")).total, 9020 * 1024)

    def test_of_processes_own_mapping_seen(self):
        size = 8 << 20
        with tempfile.TemporaryFile() as file:
            file.truncate(size)
            before = memory.of_processes([os.getpid()])
            with mmap.mmap(file.fileno(), size) as mapped:
                mapped.write(b"x" * size)
                after = memory.of_processes([os.getpid()])
        self.assertAlmostEqual(after.mapped_cache - before.mapped_cache, size, delta=1 << 16)

    def test_of_processes_child_adds_its_private_pages_only(self):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        try:
            alone = memory.of_processes([os.getpid()]).total
            both = memory.of_processes([os.getpid(), child.pid]).total
            whole = memory.of_processes([child.pid]).total
        finally:
            child.communicate(b"\n", timeout=10)
        self.assertGreater(both, alone)
        self.assertLess(both, alone + whole - (1 << 20))

    def test_proportional_at_most_resident(self):
        self.assertLessEqual(memory.proportional([os.getpid()]), memory.of_processes([os.getpid()]).total + (1 << 20))

    def test_kernel_bytes_of_this_machine_plausible(self):
        self.assertGreater(memory.kernel_bytes(), 1 << 20)


class PageCacheTest(unittest.TestCase):
    def test_drop_synced_file_no_longer_resident(self):
        with tempfile.NamedTemporaryFile(dir=Path(__file__).parent) as file:
            file.write(os.urandom(1 << 20))
            file.flush()
            os.fsync(file.fileno())
            path = Path(file.name)
            self.assertEqual(pagecache.resident_share([path]), 1)
            pagecache.drop([path])
            self.assertLess(pagecache.resident_share([path]), 0.05)


if __name__ == "__main__":
    unittest.main()
