package dev.sluice.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ScreenTest {
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9]+m");
    private static final Line FOOTER = new Line().add("q quit");

    private final Screen screen = new Screen(URI.create("http://127.0.0.1:8081/"));

    @Test
    void text_oneReadingAt80Columns_isThis() {
        List<String> lines = text(SampleReading.first(), 80);

        assertTrue(lines.get(0).startsWith("sluice 1.2.3 at http://127.0.0.1:8081/  pid 42  up 01:40 "), lines.get(0));
        assertEquals("""
                                  average  since start
                requests             10/s        1,000   active       3
                body           39.1 KiB/s     3.81 MiB   connections  7 open, 5,000 accepted
                zero-copy         90.00 %      90.00 %   hot set      12 entries, 24.0 MiB
                latency p50             -       120 us   of capacity  [|||||     ] 48.0 MiB
                latency p90             -       900 us   hit ratio    80.00 %
                latency p99             -      15.0 ms   evictions    0.50/s, 50 in all
                status      200 9.0/s  404 1.0/s
                fallbacks   tls 0.40/s
                I/O path  share of requests               req/s     bytes/s   requests     bytes
                mmap      [|||||||||      ]  60.00 %        6.0    5.86 KiB        600   586 KiB
                sendfile  [||             ]  10.00 %        1.0    29.3 KiB        100  2.86 MiB
                copy      [|||            ]  20.00 %        2.0    3.91 KiB        200   391 KiB
                none      [||             ]  10.00 %        1.0         0 B        100       0 B
                  requests      bytes  top files by requests, since start
                       600    586 KiB  example.org/index.html
                time     status I/O path    bytes     took  latest requests (!: not as planned)
                """, String.join("\n", lines.subList(1, 18)) + "\n");
        assertTrue(lines.get(18).endsWith(" 200    mmap     0.98 KiB   120 us  GET /index.html"), lines.get(18));
        assertTrue(lines.get(19).endsWith(" 206    copy     29.3 KiB  2.50 ms! GET /big.iso"), lines.get(19));
        assertEquals(20, lines.size());
    }

    @Test
    void text_twoReadings_headsTheirTime() {
        Reading later = SampleReading.later();

        String line = screen.text(later, Figures.of(later, SampleReading.first()), 80)
                .get(1)
                .text(80, Style.Palette.NONE);

        assertEquals("                 last 2 s  since start", line);
    }

    @Test
    void screen_bytes_sortsAndMeasuresByThem() {
        Reading reading = SampleReading.first();
        List<String> lines =
                screen.screen(reading, Figures.of(reading, null), Tables.Order.BYTES, new Size(80, 24), FOOTER).stream()
                        .map(line -> line.text(80, Style.Palette.NONE))
                        .toList();

        assertTrue(lines.get(12).startsWith("sendfile  [|||||||||||    ]  75.00 %"), lines.get(12));
        assertEquals("       100   2.86 MiB  example.org/big.iso", lines.get(16));
        assertEquals(24, lines.size());
        assertEquals("q quit", lines.get(23));
    }

    @Test
    void text_serverThatServedNothing_saysSo() {
        Reading reading = SampleReading.of(
                "{\"server\":{\"version\":\"1\",\"pid\":1,\"uptimeSeconds\":0},\"requests\":{\"total\":0}}",
                "{\"requests\":[]}");

        List<String> lines = text(reading, 80);

        assertEquals("nothing served yet", lines.get(lines.size() - 1));
        assertEquals("requests              0/s            0   active       0", lines.get(2));
        assertEquals("zero-copy               -        100 %   hot set      0 entries, 0 B", lines.get(4));
        assertEquals("status      none", lines.get(8));
    }

    /** Whatever is in its answers, no line is longer than the screen, and no character commands the terminal. */
    @Test
    void screen_hostileText_staysWithinItsColumns() {
        String hostile = "\\u001b[2J\\u009b31m\\r\\n\\t\\u0007\\u4e2d\\u0301\\ud83d\\ude00\\u202e".repeat(40);
        Reading reading = SampleReading.of(answer -> answer.replace("/index.html", '/' + hostile)
                .replace("\"200\"", "\"2" + hostile + "\"")
                .replace("\"tls\"", '"' + hostile + '"')
                .replace("\"mmap\"", '"' + hostile + '"')
                .replace("1.2.3", hostile)
                .replace("GET", hostile));
        for (Style.Palette palette : Style.Palette.values()) {
            for (Line line : screen.screen(
                    reading, Figures.of(reading, null), Tables.Order.REQUESTS, new Size(80, 60), FOOTER)) {
                String shown = COLOURS.matcher(line.text(80, palette)).replaceAll("");
                assertTrue(shown.length() <= 80, shown);
                assertTrue(shown.chars().allMatch(c -> c >= ' ' && c <= '~'), shown);
            }
        }
    }

    @Property
    void screen_anySize_isFilledAndNotExceeded(
            @ForAll @IntRange(min = 1, max = 300) int columns, @ForAll @IntRange(min = 1, max = 100) int rows) {
        Reading reading = SampleReading.first();
        List<Line> lines = screen.screen(
                reading, Figures.of(reading, null), Tables.Order.REQUESTS, new Size(columns, rows), FOOTER);

        assertEquals(rows, lines.size());
        assertTrue(lines.stream()
                .allMatch(line -> line.text(columns, Style.Palette.NONE).length() <= columns));
    }

    @Test
    void palette_noColor_leavesBoldAndReverse() {
        assertEquals(Style.Palette.ALL, Style.Palette.of(Map.of("NO_COLOR", "")));
        Style.Palette palette = Style.Palette.of(Map.of("NO_COLOR", "1"));

        assertEquals("x", Style.RED.around("x", palette));
        assertEquals("\u001b[1mx\u001b[0m", Style.BOLD.around("x", palette));
        assertFalse(Style.BOLD.around("x", Style.Palette.NONE).contains("\u001b"));
    }

    @Test
    void size_ofStty_elseOfEnvironmentElseUsual() {
        Map<String, String> environment = Map.of("COLUMNS", "100", "LINES", "x");

        assertEquals(new Size(132, 50), Size.of("50 132\n", environment));
        assertEquals(new Size(100, 24), Size.of("0 0\n", environment));
        assertEquals(new Size(100, 24), Size.of("", environment));
        assertEquals(new Size(80, 24), Size.of("not a tty", Map.of("COLUMNS", "0")));
    }

    private List<String> text(Reading reading, int columns) {
        return screen.text(reading, Figures.of(reading, null), columns).stream()
                .map(line -> line.text(columns, Style.Palette.NONE))
                .toList();
    }
}
