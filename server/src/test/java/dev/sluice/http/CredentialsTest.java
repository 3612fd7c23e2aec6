package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The examples of RFC 7617 §2 and §2.1. */
    @ParameterizedTest
    @CsvSource({"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==, Aladdin, open sesame", "Basic dGVzdDoxMjPCow==, test, 123\u00a3"})
    void parse_examplesOfTheRfc_giveUserAndPassword(String field, String user, String password) {
        assertEquals(Optional.of(new Credentials(user, password)), Credentials.parse(field));
    }

    @ParameterizedTest
    @CsvSource({"a:b:c, a, b:c", ":b, '', b", "a:, a, ''", ":, '', ''"})
    void parse_firstColon_separates(String text, String user, String password) {
        assertEquals(Optional.of(new Credentials(user, password)), Credentials.parse(basic(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic YTpi", "BASIC YTpi", "Basic   YTpi ", "bAsIc YTpi"})
    void parse_schemeInAnyCase_isBasic(String field) {
        assertEquals(Optional.of(new Credentials("a", "b")), Credentials.parse(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "BasicYTpi",
                "Bearer YTpi",
                "Basic YTpi, x",
                "Basic YTp",
                "Basic YTpiYw",
                "Basic YTpiYw=",
                "Basic YTpiYx==",
                "Basic YTpi====",
                "Basic YT pi",
                "Basic YTpi\u00e9",
                "Basic _-pi",
                "Basic YWI=",
                "Basic !!!!",
                "Basic gDpi",
                "Basic YTrAgA=="
            })
    void parse_otherOrMalformed_isEmpty(String field) {
        assertEquals(Optional.empty(), Credentials.parse(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n:b", "a:b\0", "a:\u007f", "a:\u0085", "ab"})
    void parse_controlCharacterOrNoColon_isEmpty(String text) {
        assertEquals(Optional.empty(), Credentials.parse(basic(text)));
    }

    @Property
    void parse_anyUserAndPassword_roundTrips(
            @ForAll @CharRange(from = ' ', to = '9') String user,
            @ForAll @CharRange(from = '\u00a0', to = '\ud7ff') String password) {
        assertEquals(Optional.of(new Credentials(user, password)), Credentials.parse(basic(user + ":" + password)));
    }

    @Test
    void toString_any_tellsNothing() {
        assertEquals("Credentials[masked]", new Credentials("user", "secret").toString());
    }
}
