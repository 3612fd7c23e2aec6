import random
import statistics
import tempfile
import unittest
from array import array
from pathlib import Path

from harness.site import SiteFile
from harness.zipf import RANGE_BYTES, file_length, file_paths, make_zipf_site, range_trace, zipf_ranks


class ZipfTest(unittest.TestCase):
    def test_zipf_ranks_shares_follow_the_law(self):
        ranks = zipf_ranks(1000, 100_000, random.Random(1))
        harmonic = sum(1 / rank for rank in range(1, 1001))
        for rank in (1, 2, 10):
            self.assertAlmostEqual(ranks.count(rank - 1) / len(ranks), 1 / rank / harmonic, delta=0.005)
        self.assertTrue(all(0 <= rank < 1000 for rank in ranks))

    def test_file_length_lognormal_around_8_kib_within_bounds(self):
        noise = random.Random(2)
        lengths = [file_length(noise) for _ in range(20_000)]
        self.assertAlmostEqual(statistics.median(lengths), 8192, delta=400)
        self.assertGreater(statistics.mean(lengths), 11_000)
        self.assertTrue(256 <= min(lengths) and max(lengths) <= 256 << 10)

    def test_file_paths_unique_and_neighbours_in_different_directories(self):
        paths = file_paths(1000)
        self.assertEqual(len(set(paths)), 1000)
        self.assertEqual(paths, file_paths(1000))
        for one, other in zip(paths, paths[1:]):
            self.assertNotEqual(one.split("/")[1], other.split("/")[1])

    def test_make_zipf_site_every_path_is_there_and_begins_with_its_name(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            sample, total = make_zipf_site(root, 250)
            contents = {path: (root / path[1:]).read_bytes() for path in file_paths(250)}
            self.assertEqual(total, sum(map(len, contents.values())))
            self.assertTrue(all(content.startswith(path.encode()) for path, content in contents.items()))
            self.assertEqual([len(contents[file.path]) for file in sample], [file.length for file in sample])

    def test_range_trace_every_range_within_the_file_and_played_in_turn(self):
        with tempfile.TemporaryDirectory() as folder:
            length = 1_000_000
            trace = range_trace(Path(folder), SiteFile("/f", length, "", Path("unused")), 50)
            order = array("I", trace.order.read_bytes())
            self.assertEqual(list(order), list(range(50)))
            for line in trace.requests.read_text().splitlines():
                path, _, value = line.partition("\t")
                first, _, last = value.removeprefix("bytes=").partition("-")
                self.assertEqual((path, int(last) - int(first) + 1), ("/f", RANGE_BYTES))
                self.assertLess(int(last), length)


if __name__ == "__main__":
    unittest.main()
