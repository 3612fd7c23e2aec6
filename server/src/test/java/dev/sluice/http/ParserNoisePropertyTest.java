package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a client may send is no reason to fail: each parser takes any text. */
final class ParserNoisePropertyTest {
    @Property
    void accept_anyText_hasAQuality(@ForAll("noise") String text) {
        AcceptField field = AcceptField.parse(text);
        int quality = field.quality("text/html");
        assertTrue(quality >= 0 && quality <= 1000, text);
        assertFalse(field.acceptsExplicitly("text/html") && quality == 0, text);
    }

    @Property
    void wantDigest_anyText_isParsed(@ForAll("noise") String text) {
        assertDoesNotThrow(() -> WantDigest.parse(text));
    }

    @Property
    void credentials_anyText_areParsed(@ForAll("noise") String text) {
        assertDoesNotThrow(() -> Credentials.parse("Basic " + text));
    }

    @Property
    void hostName_anyText_isCanonicalOrEmpty(@ForAll("noise") String text) {
        Optional<HostName> host = HostName.parse(text);
        assertEquals(host, host.flatMap(name -> HostName.parse(name.toString())));
    }

    @Provide
    Arbitrary<String> noise() {
        Arbitrary<String> words = Arbitraries.of(
                "text",
                "/",
                "html",
                "*",
                ";",
                "q",
                "=",
                "0",
                ".5",
                "1",
                ",",
                " ",
                "\t",
                "\"",
                "\\",
                "sha-256",
                "-",
                ":",
                "[",
                "]",
                "::1",
                "80",
                "a",
                "Z",
                "YTpi",
                "\0",
                "\u00e9",
                "\u212a",
                "\ud83d\ude00",
                "\ud800");
        return words.list().ofMaxSize(14).map(pieces -> String.join("", pieces));
    }
}
