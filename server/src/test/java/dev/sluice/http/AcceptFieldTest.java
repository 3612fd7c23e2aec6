package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptFieldTest {
    private static final String HTML = "text/html";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                "text/html",
                "TEXT/HTML;Q=0.001",
                "*/*;q=0.1, text/html; charset=utf-8",
                "text/html;level=\"1, \\\" 2\";q=0.5",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
            })
    void acceptsExplicitly_typeNamed_isTrue(String field) {
        assertTrue(AcceptField.parse(field).acceptsExplicitly(HTML));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/*",
                "text/*, */*",
                "text/html;q=0",
                "text/html;q=0.000, text/html;level=1",
                "text/html;level=1;q=0",
                "text/htmlx, text/htm, xtext/html",
                "application/json, text/plain, */*",
                "image/avif,image/webp,*/*;q=0.8",
                "text/html;q=7",
                "text/html text/html",
                "application/x;a=\"1, text/html\"",
            })
    void acceptsExplicitly_typeNotNamed_isFalse(String field) {
        assertFalse(AcceptField.parse(field).acceptsExplicitly(HTML));
    }

    @Test
    void any_type_isAcceptedButNotNamed() {
        assertEquals(1000, AcceptField.ANY.quality(HTML));
        assertFalse(AcceptField.ANY.acceptsExplicitly(HTML));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html;q=0.3, text/*;q=0.7, */*;q=0.5    | text/html        | 300",
                "*/*;q=0.5, text/*;q=0.7, text/html;q=0.3    | text/html        | 300",
                "text/html;q=0.3, text/*;q=0.7, */*;q=0.5    | text/plain       | 700",
                "text/html;q=0.3, text/*;q=0.7, */*;q=0.5    | image/png        | 500",
                "text/*;q=0, */*                             | text/css         | 0",
                "text/*;q=0, */*                             | image/png        | 1000",
                "text/html                                   | application/json | 0",
                "text/html;level=1;q=0.4, text/html;q=0.7    | text/html        | 700",
                "text/html;level=1;q=0.4, text/*;q=0.7       | text/html        | 400",
                "text/html;level=1;q=0, text/*;q=0.7         | text/html        | 700",
                "text/html;q=0.1, text/html                  | text/html        | 100",
                "text/*;q=0.2                                | textual/x        | 0",
                "tex/*;q=0.2                                 | text/x           | 0",
            })
    void quality_ranges_mostSpecificDecides(String field, String essence, int quality) {
        assertEquals(quality, AcceptField.parse(field).quality(essence));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "html", "text/", "/html", "a/b/c", "*", "text/html;q=9", "\"text/html\""})
    void quality_nothingWellFormed_isAsIfAbsent(String field) {
        assertEquals(1000, AcceptField.parse(field).quality(HTML));
    }

    @Test
    void quality_onlyExcludedFlavours_acceptsNothing() {
        assertEquals(0, AcceptField.parse("text/html;level=1;q=0").quality(HTML));
    }
}
