package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Test
    void append_plainRecord_hasTheAdminNames() {
        String line = line(sample().userAgent("curl").contentCoding("br").build());

        assertEquals(
                "{\"id\":1,\"time\":\"2026-11-22T20:28:46.123Z\",\"site\":\"example.org\","
                        + "\"client\":\"127.0.0.1\",\"protocol\":\"HTTP/1.1\","
                        + "\"method\":\"GET\",\"path\":\"/a.css\",\"status\":200,\"planned\":\"mmap\",\"ioPath\":\"mmap\","
                        + "\"reason\":\"hot\",\"fallback\":false,\"bytes\":1000,\"userCopiedBytes\":0,\"durationMicros\":42,"
                        + "\"contentCoding\":\"br\",\"complete\":true,\"referer\":null,\"userAgent\":\"curl\"}\n",
                line);
    }

    @Property
    void append_anyText_survivesAParser(@ForAll String path, @ForAll String reason, @ForAll String agent) {
        String line = line(sample().path(path).reason(reason).userAgent(agent).build());

        assertTrue(line.matches("[ -~]+\n"), line);
        JsonNode parsed = MAPPER.readTree(line);
        assertEquals(path, parsed.get("path").asString());
        assertEquals(reason, parsed.get("reason").asString());
        assertEquals(agent, parsed.get("userAgent").asString());
    }

    @Property
    void append_anyNumbers_surviveAParser(@ForAll long id, @ForAll int timeMillis) {
        JsonNode parsed =
                MAPPER.readTree(line(sample().id(id).timeMillis(timeMillis).build()));

        assertEquals(id, parsed.get("id").asLong());
        assertEquals(
                Instant.ofEpochMilli(timeMillis),
                Instant.parse(parsed.get("time").asString()));
    }

    private static String line(Served served) {
        LineBuffer out = new LineBuffer(16);
        new JsonLines().append(served, out);
        return Lines.of(out);
    }
}
