package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MimeDatabaseTest {
    @Test
    void read_theDataSet_findsWhatAParserFinds() throws IOException {
        Map<String, Set<MediaType>> claims = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : database().properties()) {
            JsonNode extensions = entry.getValue().path("extensions");
            extensions.forEach(extension -> claims.computeIfAbsent(extension.asString(), key -> new HashSet<>())
                    .add(type(entry.getKey(), entry.getValue())));
        }

        Map<String, MediaType> read = MimeDatabase.read();

        assertTrue(claims.size() > 1000, () -> "extensions: " + claims.size());
        assertEquals(claims.keySet(), read.keySet());
        read.forEach(
                (extension, type) -> assertTrue(claims.get(extension).contains(type), () -> extension + ": " + type));
    }

    @Test
    void read_severalClaims_prefersThoseOfIana() throws IOException {
        JsonNode database = database();
        Set<String> registered = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : database.properties()) {
            if (entry.getValue().path("source").asString("").equals("iana")) {
                entry.getValue().path("extensions").forEach(extension -> registered.add(extension.asString()));
            }
        }

        MimeDatabase.read().forEach((extension, type) -> {
            boolean iana =
                    database.path(type.essence()).path("source").asString("").equals("iana");
            assertEquals(registered.contains(extension), iana, () -> extension + ": " + type);
        });
    }

    private static MediaType type(String essence, JsonNode entry) {
        boolean json = essence.endsWith("/json") || essence.endsWith("+json");
        boolean utf8 = entry.path("charset").asString("").equals("UTF-8");
        return new MediaType(
                essence,
                essence.startsWith("text/") || (utf8 && !json),
                Compressibility.of(essence, entry.path("compressible").asBoolean(false)));
    }

    private static JsonNode database() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = MimeDatabase.class.getResourceAsStream("mime-db.properties")) {
            properties.load(in);
        }
        String path = "/META-INF/resources/webjars/mime-db/" + properties.getProperty("version") + "/db.json";
        try (InputStream in = MimeDatabase.class.getResourceAsStream(path)) {
            return new JsonMapper().readTree(in);
        }
    }
}
