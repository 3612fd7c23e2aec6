package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CaptureTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/plain, /plain",
        "/new/$1, /new/one",
        "$2$1, t$woone",
        "$1$1/$2.html, oneone/t$wo.html",
        "$12, one2",
        "$$1, $1",
        "a$$, a$",
        "$$$1$$, $one$",
    })
    void expand_template_putsCapturesInTheirPlaces(String template, String text) {
        assertEquals(text, CaptureTemplate.parse(template, 2).expand(List.of("one", "t$wo")));
    }

    @Test
    void expand_nineCaptures_reachesTheLast() {
        List<String> captures = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        assertEquals("i0", CaptureTemplate.parse("$90", 10).expand(captures));
    }

    @ParameterizedTest
    @CsvSource({
        "$3, 2, '$1 to $2, or $$'",
        "$1, 0, 'no captures, or $$'",
        "$0, 1, '$1 to $1, or $$'",
        "a$, 1, '$1 to $1, or $$'",
        "$a, 12, '$1 to $9, or $$'",
        "$$$, 1, '$1 to $1, or $$'",
        "$\u0661, 1, '$1 to $1, or $$'",
    })
    void parse_unknownCapture_isRefused(String template, int captureCount, String expected) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> CaptureTemplate.parse(template, captureCount));
        assertEquals("template: " + template + " (expected: " + expected + ")", refusal.getMessage());
    }

    @Test
    void expand_otherNumberOfCaptures_isRefused() {
        CaptureTemplate template = CaptureTemplate.parse("$1", 2);
        assertThrows(IllegalArgumentException.class, () -> template.expand(List.of("one")));
    }
}
