import hashlib
import tempfile
import unittest
from pathlib import Path

from harness.site import make_large, make_page, make_text


class SiteTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def test_make_files_lengths_and_digests_are_the_files(self):
        large = make_large(self.root / "large.bin", 3)
        made = ((make_text(self.root, 1024), 1024), (make_page(self.root), 16384), (large, 3_000_000))
        for file, length in made:
            content = (self.root / file.path[1:]).read_bytes()
            self.assertEqual((len(content), file.length), (length, length))
            self.assertEqual(hashlib.sha256(content).hexdigest(), file.sha256)

    def test_make_large_blocks_differ(self):
        content = make_large(self.root / "large.bin", 2).source.read_bytes()
        self.assertNotEqual(content[:1_000_000], content[1_000_000:])


if __name__ == "__main__":
    unittest.main()
