package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "EXAMPLE.Org., example.org",
        "localhost:8080, localhost:8080",
        "example.org.:080, example.org:80",
        "example.org:, example.org",
        "a_b-c.x2, a_b-c.x2",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "127.0.0.1, 127.0.0.1",
        "127.0.0.1:65535, 127.0.0.1:65535",
        "[::1], [0:0:0:0:0:0:0:1]",
        "[0:0::1]:8080, [0:0:0:0:0:0:0:1]:8080",
        "[2001:DB8::F], [2001:db8:0:0:0:0:0:f]",
        "[::ffff:192.0.2.1]:1, [::ffff:192.0.2.1]:1",
        "'[::1]:', [0:0:0:0:0:0:0:1]",
    })
    void parse_wellFormed_isCanonical(String field, String canonical) {
        assertEquals(Optional.of(canonical), HostName.parse(field).map(HostName::toString));
        assertEquals(HostName.parse(field), HostName.parse(canonical));
    }

    @Test
    void parse_port_isApartFromTheName() {
        assertEquals(Optional.of(new HostName("a.b", OptionalInt.of(81))), HostName.parse("A.b:81"));
        assertEquals(Optional.of(new HostName("a.b", OptionalInt.empty())), HostName.parse("a.b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":80",
                "a..b",
                ".a",
                "a..",
                "a b",
                " a",
                "a,b",
                "user@host",
                "a/b",
                "a%2eb",
                "b\u00fccher.example",
                "\u212a.example",
                "*.example.org",
                "a:0",
                "a:65536",
                "a:123456",
                "a:4294967376",
                "a:+1",
                "a:8o",
                "a:-1",
                "a:1:2",
                "::1",
                "[::1",
                "::1]",
                "[]",
                "[:]",
                "[::1]x",
                "[::1]80",
                "[127.0.0.1]",
                "[fe80::1%eth0]",
                "[fe80::1%1]",
                "[1:2]",
                "[::g]",
                "[::1]]",
                "[[::1]]",
                "[a.example]",
                "1",
                "127.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "01.2.3.4",
                "a.1",
                "1.2.3.",
                "999"
            })
    void parse_malformed_isEmpty(String field) {
        assertEquals(Optional.empty(), HostName.parse(field));
    }

    @Test
    void parse_lengths_areThoseOfDns() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertEquals(Optional.of(longest), HostName.parse(longest + ".").map(HostName::name));
        assertEquals(Optional.empty(), HostName.parse(longest + "a"));
        assertEquals(Optional.empty(), HostName.parse(label + "a.example"));
    }
}
