package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.TestSite;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A film that is watched from its middle: its player asks for ranges of it. */
@Timeout(180)
final class FilmIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.of(TestSite.empty().file("/film.html", Film.PAGE));

    @BeforeAll
    static void make() {
        sluice.content().file("/film.webm", Film.make(chromium));
    }

    @Test
    void video_seekToAnywhere_showsTheFrameThereByRangesBySendfile() {
        long size = sluice.content().content("/film.webm").length;
        chromium.open(sluice.site("/film.html"));
        assertEquals(Film.SECONDS, Film.length(chromium));

        for (int second : List.of(200, 31, 118)) {
            assertEquals(Film.pictureAt(second), Film.seek(chromium, second), "the picture at " + second + " s");
        }

        // What the player had asked for ends when the page is left; of what it still has it asks whether it is good.
        chromium.driver().get("about:blank");
        List<Told> answers = sluice.records().atLeast(4, "/film.webm");
        List<Told> ranges = answers.stream()
                .filter(told -> told.status() == 206 && told.bytes() > 0)
                .toList();
        assertTrue(ranges.size() >= 3, answers::toString);
        for (Told range : ranges) {
            assertEquals("sendfile", range.ioPath(), answers::toString);
            assertTrue(range.userCopiedBytes() <= 1, answers::toString);
            assertTrue(range.bytes() < size, answers::toString);
        }
        // What had been broken off before its first byte was carried by nothing.
        for (Told other : answers) {
            assertTrue(ranges.contains(other) || other.ioPath().equals("none"), answers::toString);
        }
    }
}
