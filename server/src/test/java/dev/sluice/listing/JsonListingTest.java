package dev.sluice.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.http.SitePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonListingTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void take_severalPieces_areOneDocument() throws Exception {
        JsonListing json = new JsonListing(SitePath.parse("/d%20%22"));
        json.add(List.of(new Entry("sub", true, 4096, TIME)));
        String first = StandardCharsets.UTF_8.decode(json.take()).toString();
        json.add(List.of(new Entry("a\"b\\\u0085日", false, 7, TIME)));
        json.end(2, 1, 1);
        String last = StandardCharsets.UTF_8.decode(json.take()).toString();

        assertEquals(
                "{\"path\":\"/d \\\"/\",\"entries\":["
                        + "{\"name\":\"sub\",\"type\":\"directory\",\"size\":null,\"modified\":\"2026-01-02T03:04:05Z\"}",
                first);
        assertEquals(
                ",{\"name\":\"a\\\"b\\\\\u0085日\",\"type\":\"file\",\"size\":7,\"modified\":\"2026-01-02T03:04:05Z\"}"
                        + "],\"total\":2,\"page\":1,\"pages\":1}",
                last);
    }
}
