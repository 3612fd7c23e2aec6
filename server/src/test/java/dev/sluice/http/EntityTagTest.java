package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagTest {
    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"xyzzy\"", "W/\"xyzzy\"", "\"a,b\"", "\"a\\\"", "\"\u00ff\"", "\"W/\""})
    void toString_parsedTag_isWhatWasParsed(String value) {
        assertEquals(Optional.of(value), EntityTag.parse(value).map(EntityTag::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "*",
                "\"",
                "W/",
                "W/\"",
                "w/\"a\"",
                "W/ \"a\"",
                "\"a",
                "a\"",
                "\"a b\"",
                "\"a\" ",
                " \"a\"",
                "\"a\"b",
                "\"a\", \"b\"",
                "\"\u007f\"",
                "\"\u0100\"",
                "\"a\nb\""
            })
    void parse_malformed_isEmpty(String value) {
        assertEquals(Optional.empty(), EntityTag.parse(value));
    }

    /** The table of RFC 9110 §8.8.3.2. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "W/\"1\", W/\"1\", false, true",
                "W/\"1\", W/\"2\", false, false",
                "W/\"1\",   \"1\", false, true",
                "  \"1\",   \"1\", true,  true",
                "  \"1\",   \"2\", false, false",
            })
    void equals_bothComparisons_followTheTable(String a, String b, boolean strong, boolean weak) {
        EntityTag one = EntityTag.parse(a).orElseThrow();
        EntityTag other = EntityTag.parse(b).orElseThrow();
        assertEquals(strong, one.strongEquals(other));
        assertEquals(strong, other.strongEquals(one));
        assertEquals(weak, one.weakEquals(other));
        assertEquals(weak, other.weakEquals(one));
    }

    @Test
    void new_quoteInside_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new EntityTag(false, "a\"b"));
    }
}
