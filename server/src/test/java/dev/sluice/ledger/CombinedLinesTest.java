package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CombinedLinesTest {
    @Test
    void append_plainRecord_isTheCombinedFormat() {
        Served served = sample().referer("https://example.org/")
                .userAgent("curl/8.5.0 (x86_64)")
                .build();

        assertEquals(
                "127.0.0.1 - - [22/Nov/2026:20:28:46 +0000] \"GET /a.css?v=1 HTTP/1.1\" 200 1000"
                        + " \"https://example.org/\" \"curl/8.5.0 (x86_64)\"\n",
                line(served));
    }

    @Test
    void append_noRefererNoAgent_areDashes() {
        assertTrue(line(sample().referer("").build()).endsWith(" \"-\" \"-\"\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "0x22, \\x22",
        "0x5c, \\x5C",
        "0x0a, \\x0A",
        "0x0d, \\x0D",
        "0x00, \\x00",
        "0x1b, \\x1B",
        "0x7f, \\x7F",
        "0xe9, \\xE9",
        "0x20ac, \\xE2\\x82\\xAC",
        "0x1f600, \\xF0\\x9F\\x98\\x80",
    })
    void append_unsafeCharacter_isEscapedAsNginxDoes(int codePoint, String escaped) {
        Served served =
                sample().userAgent("<" + Character.toString(codePoint) + ">").build();

        assertTrue(line(served).endsWith(" \"<" + escaped + ">\"\n"), () -> line(served));
    }

    @Test
    void append_otherSecond_isNotServedFromTheCache() {
        CombinedLines format = new CombinedLines(ZoneOffset.UTC);
        LineBuffer out = new LineBuffer(16);
        for (long time : new long[] {0, 999, 1_000, -1}) {
            format.append(sample().timeMillis(time).build(), out);
        }

        String lines = Lines.of(out);

        assertEquals(2, lines.split("1970:00:00:00 ", -1).length - 1);
        assertEquals(1, lines.split("1970:00:00:01 ", -1).length - 1);
        assertEquals(1, lines.split("31/Dec/1969:23:59:59 ", -1).length - 1);
    }

    @Test
    void append_zoneWithOffset_printsLocalTime() {
        LineBuffer out = new LineBuffer(16);

        new CombinedLines(ZoneId.of("America/St_Johns")).append(sample().build(), out);

        String line = Lines.of(out);
        assertTrue(line.contains("[22/Nov/2026:16:58:46 -0330]"), line);
    }

    @Property
    void append_anyText_isOnePrintableLine(
            @ForAll String client, @ForAll String target, @ForAll String referer, @ForAll String agent) {
        String line = line(sample().client(client)
                .target(target)
                .referer(referer)
                .userAgent(agent)
                .build());

        assertTrue(line.matches("[ -~]+\n"), line);
        assertEquals(6, line.chars().filter(c -> c == '"').count(), "only the quotes of the format");
    }

    private static String line(Served served) {
        LineBuffer out = new LineBuffer(16);
        new CombinedLines(ZoneOffset.UTC).append(served, out);
        return Lines.of(out);
    }
}
