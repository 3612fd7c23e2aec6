package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.AcceptField;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.Credentials;
import dev.sluice.http.EntityTag;
import dev.sluice.http.HostName;
import dev.sluice.http.HttpDate;
import dev.sluice.http.WantDigest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The values of request fields. */
class FieldsFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @FuzzTest(maxDuration = "10m")
    void parse_anyOctets_haveAMeaningWithinBounds(byte[] octets) {
        String value = new String(octets, StandardCharsets.ISO_8859_1);
        int quality = AcceptField.parse(value).quality("text/html");
        assertTrue(quality >= 0 && quality <= 1000);
        AcceptEncoding encodings = AcceptEncoding.parse(value);
        for (ContentCoding coding : ContentCoding.values()) {
            int weight = encodings.quality(coding);
            assertTrue(weight >= 0 && weight <= 1000);
        }
        encodings.best(List.of(ContentCoding.values())).ifPresent(best -> assertTrue(encodings.quality(best) > 0));
        int digest = WantDigest.parse(value).sha256();
        assertTrue(digest >= 0 && digest <= 10);
        Credentials.parse(value);
        EntityTag.parse(value)
                .ifPresent(
                        tag -> assertEquals(tag, EntityTag.parse(tag.toString()).orElseThrow()));
        HostName.parse(value)
                .ifPresent(host ->
                        assertEquals(host, HostName.parse(host.toString()).orElseThrow()));
        HttpDate.parse(value, NOW)
                .ifPresent(date -> assertEquals(
                        date, HttpDate.parse(HttpDate.format(date), NOW).orElseThrow()));
    }
}
