package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostTableTest {
    private static final int HTTP = 80;

    private static HostTable<String> table(String... patterns) {
        HostTable.Builder<String> builder = HostTable.builder();
        for (String pattern : patterns) {
            builder.add(pattern, pattern);
        }
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.org:8080, a.example.org:8080",
        "a.example.org, a.example.org",
        "A.EXAMPLE.ORG., a.example.org",
        "a.example.org:81, a.example.org",
        "b.example.org:8080, *.org:8080",
        "b.example.org, *.example.org",
        "c.b.example.org, *.b.example.org",
        "d.c.b.example.org, *.b.example.org",
        "example.org, *.org",
        "org, default",
        "xexample.com, default",
        "[0::1], '[::1]'",
        "[::1]:8080, '[::1]'",
        "[::2], default",
        "127.0.0.1, 127.0.0.1:80",
        "127.0.0.1:8080, default",
        "default, default",
    })
    void find_host_mostSpecificWins(String field, String pattern) {
        HostTable<String> table = table(
                "default",
                "*.org",
                "*.org:8080",
                "*.example.org",
                "*.b.example.org",
                "a.example.org",
                "a.example.org:8080",
                "*.example.com",
                "[::1]",
                "127.0.0.1:80");
        assertEquals(Optional.of(pattern), table.find(field, HTTP));
    }

    @Test
    void find_fieldWithoutPort_meansThePortGiven() {
        HostTable<String> table = table("example.org:80", "example.org:443");
        assertEquals(Optional.of("example.org:80"), table.find("example.org", 80));
        assertEquals(Optional.of("example.org:443"), table.find("example.org", 443));
        assertEquals(Optional.empty(), table.find("example.org", 8080));
    }

    @Test
    void find_malformedField_isEmptyInSpiteOfDefault() {
        assertEquals(Optional.empty(), table("default").find("a b", HTTP));
        assertEquals(Optional.empty(), table("default").find("", HTTP));
    }

    @Test
    void find_noDefault_isEmptyForOthers() {
        HostTable<String> table = table("example.org", "*.example.net");
        assertEquals(Optional.empty(), table.find("www.example.org", HTTP));
        assertEquals(Optional.empty(), table.find("example.net", HTTP));
        assertEquals(Optional.empty(), table.fallback());
    }

    @Test
    void fallback_defaultGiven_isItsTarget() {
        assertEquals(Optional.of("default"), table("example.org", "default").fallback());
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, EXAMPLE.org.",
        "example.org:80, example.org:080",
        "[::1], [0:0::1]",
        "*.example.org, *.Example.org",
        "default, default",
    })
    void add_sameHost_isRefusedNamingBoth(String first, String second) {
        HostTable.Builder<String> builder = HostTable.<String>builder().add(first, "one");
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> builder.add(second, "two"));
        assertEquals(
                "host: " + second + " (expected: each host once; " + first + " is the same)", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "*example.org",
                "a.*.org",
                "*.*.org",
                "*.127.0.0.1",
                "*.0.0.1",
                "*.[::1]",
                "default:80",
                "*.default",
                "http://a",
                "a:port",
                "Default"
            })
    void add_malformedPattern_isRefused(String pattern) {
        HostTable.Builder<String> builder = HostTable.builder();
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> builder.add(pattern, "x"));
        assertTrue(refusal.getMessage().startsWith("host: " + pattern + " (expected: "), refusal.getMessage());
    }
}
