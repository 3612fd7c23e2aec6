package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentDispositionTest {
    @ParameterizedTest
    @ValueSource(strings = {"report.pdf", "a b.txt", "it's;1=2, (3).tar.gz", "~", "...", ".bashrc"})
    void attachment_plainName_needsNoExtendedForm(String name) {
        assertEquals("attachment; filename=\"" + name + '"', ContentDisposition.attachment(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\u20ac rates.txt   | attachment; filename=\"_ rates.txt\"; filename*=UTF-8''%E2%82%AC%20rates.txt",
                "\u00fc\ud83d\ude00 | attachment; filename=\"__\"; filename*=UTF-8''%C3%BC%F0%9F%98%80",
                "say \"hi\".txt     | attachment; filename=\"say _hi_.txt\"; filename*=UTF-8''say%20%22hi%22.txt",
                "100%41'*.txt       | attachment; filename=\"100_41'*.txt\"; filename*=UTF-8''100%2541%27%2A.txt",
            })
    void attachment_otherName_hasBothForms(String name, String value) {
        assertEquals(value, ContentDisposition.attachment(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a\\b",
                "a\0b",
                "a\nb",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "a\u202eb",
                "a\u2066b",
                "a\ud800b"
            })
    void attachment_dangerousCharacter_isReplaced(String name) {
        assertEquals("attachment; filename=\"a_b\"", ContentDisposition.attachment(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void attachment_noFileName_proposesNone(String name) {
        assertEquals("attachment", ContentDisposition.attachment(name));
    }

    @Property
    void attachment_anyName_isASafeFieldValue(@ForAll("names") String name) {
        String value = ContentDisposition.attachment(name);
        assertDoesNotThrow(() -> new HeaderFields.Field("Content-Disposition", value));
        assertTrue(
                value.matches("attachment(; filename=\"[^\"\\\\/%\\x00-\\x1f\\x7f-\\uffff]+\""
                        + "(; filename\\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)?)?"),
                value);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8),
                Arbitraries.strings().withChars("a.\"\\/%'*\r\n \u00e9\u202e").ofMaxLength(8));
    }
}
