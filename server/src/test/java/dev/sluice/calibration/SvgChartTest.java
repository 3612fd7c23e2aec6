package dev.sluice.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class SvgChartTest {
    private static Document chart(Measurements seen) throws Exception {
        byte[] text = new SvgChart(seen).text().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(text));
    }

    private static Measurements measured() {
        Measurements seen = new Measurements();
        for (Cell.State state : Cell.State.values()) {
            for (long size : new long[] {512, 1024, 2048}) {
                seen.add(new Cell(Technique.COPY, size, state), new Reading(1, 10, 1, 1, 1, 1));
                seen.add(new Cell(Technique.MMAP, size, state), new Reading(1, 5, 1, 1, 1, 1));
            }
        }
        return seen;
    }

    @Test
    void text_twoTechniquesInTwoStates_areLinesInTwoPanels() throws Exception {
        Document chart = chart(measured());

        assertEquals(2, chart.getElementsByTagName("g").getLength());
        assertEquals(2, lines(chart, "line mmap"));
        assertEquals(2, lines(chart, "line copy"));
        assertEquals(0, lines(chart, "line direct"));
        assertTrue(chart.getElementsByTagName("title").item(0).getTextContent().contains("copy = 1"));
    }

    /** Lines of more than one point: the others are the legend's. */
    private static int lines(Document chart, String kind) {
        NodeList paths = chart.getElementsByTagName("path");
        int count = 0;
        for (int i = 0; i < paths.getLength(); i++) {
            Element path = (Element) paths.item(i);
            count += path.getAttribute("class").equals(kind)
                            && path.getAttribute("d").contains("L")
                    ? 1
                    : 0;
        }
        return count;
    }

    @Test
    void text_nothingMeasured_isAnEmptyChart() throws Exception {
        assertEquals(0, chart(new Measurements()).getElementsByTagName("g").getLength());
    }
}
