package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.1.2.3, true",
        "::1, true",
        "[::1], true",
        "localhost, true",
        "LocalHost, true",
        "a.localhost, true",
        "::ffff:127.0.0.1, true",
        "0.0.0.0, false",
        "::, false",
        "10.0.0.1, false",
        "fe80::1, false",
        "notlocalhost, false",
        "localhost.example.org, false",
        "web_1, false"
    })
    void isLoopback_everyKind_asRfc6761AndTheAddressSay(String text, boolean loopback) {
        assertEquals(loopback, Host.parse(text).orElseThrow().isLoopback());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "127.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "01.2.3.4",
                "a..b",
                "-a",
                "a.",
                "a/b",
                "[]",
                "[127.0.0.1]x",
                "[::1",
                "::g",
                "1:2",
                "[a]",
                "example.123",
                "a b",
                "*"
            })
    void parse_noHost_isRefused(String text) {
        assertEquals(Optional.empty(), Host.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8081", "[::1]:0", "localhost:65535"})
    void hostPort_text_readsBack(String text) {
        assertEquals(text, HostPort.parse(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "8081", ":8081", "localhost", "localhost:", "::1:80", "[::1]", "a:65536", "a:-1", "a:b:1"})
    void hostPort_incomplete_isRefused(String text) {
        assertEquals(Optional.empty(), HostPort.parse(text));
    }

    @Test
    void hostPort_portOutOfBounds_throws() {
        assertThrows(IllegalArgumentException.class, () -> new HostPort(new Host("a"), 65_536));
    }
}
