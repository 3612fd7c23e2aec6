import unittest
import xml.etree.ElementTree as ElementTree

from harness.chart import as_svg
from tests.document import document, made, record

SVG = "{http://www.w3.org/2000/svg}"
TRIO = {
    "sluice": record([8.0, 10.0, 14.0]),
    "nginx": record([20.0, 20.0, 20.0]),
    "h2o": record([5.0, 5.0, 5.0]),
}


def parsed(found):
    return ElementTree.fromstring(as_svg(found))


class ChartTest(unittest.TestCase):
    def test_as_svg_a_bar_for_each_server_in_proportion_shortest_first(self):
        root = parsed(document(hot_1k=made("hot-1k", TRIO)))
        widths = [float(bar.get("width")) for bar in root.iter(f"{SVG}rect")]
        self.assertEqual(len(widths), 3)
        self.assertAlmostEqual(widths[0] / widths[2], 0.25, delta=0.01)
        self.assertAlmostEqual(widths[1] / widths[2], 0.5, delta=0.01)

    def test_as_svg_sluice_stands_out(self):
        root = parsed(document(hot_1k=made("hot-1k", TRIO)))
        self.assertEqual([bar.get("class") for bar in root.iter(f"{SVG}rect")], ["peer", "own", "peer"])

    def test_as_svg_spread_from_the_smallest_to_the_largest(self):
        root = parsed(document(hot_1k=made("hot-1k", TRIO)))
        bar, line = list(root.iter(f"{SVG}rect"))[1], list(root.iter(f"{SVG}line"))[1]
        per_unit = float(bar.get("width")) / 10
        self.assertAlmostEqual((float(line.get("x2")) - float(line.get("x1"))) / per_unit, 6, delta=0.1)

    def test_as_svg_light_and_dark_without_a_background(self):
        text = as_svg(document(hot_1k=made("hot-1k", TRIO)))
        self.assertIn("prefers-color-scheme: dark", text)
        self.assertNotIn("url(", text)

    def test_as_svg_panels_do_not_overlap_and_stay_inside(self):
        found = document(**{name: made(name.replace("_", "-"), TRIO) for name in ("hot_1k", "hot_16k", "idle")})
        root = parsed(found)
        height = float(root.get("height"))
        places = [(float(bar.get("x")), float(bar.get("y"))) for bar in root.iter(f"{SVG}rect")]
        self.assertEqual(len(places), len(set(places)))
        self.assertTrue(all(0 <= y < height for _, y in places))
        titles = [float(text.get("y")) for text in root.iter(f"{SVG}text") if text.get("class") == "title"]
        self.assertGreater(titles[2] - 12, max(y for _, y in places[:6]) + 12)

    def test_as_svg_markup_in_titles_escaped_and_nothing_measured_still_a_picture(self):
        content = made("hot-1k", {"sluice": record([0.0])})
        content["variants"]["hot-1k"]["title"] = "a < b & c"
        self.assertIn("a &lt; b &amp; c", as_svg(document(hot_1k=content)))
        self.assertEqual(len(list(parsed(document()))), 2)


if __name__ == "__main__":
    unittest.main()
