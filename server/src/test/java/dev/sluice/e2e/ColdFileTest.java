package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.io.ColdFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A large file whose bytes are on the disk and nowhere else. */
class ColdFileTest {
    private static final int SIZE = 4 << 20;

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    @Test
    void get_notInThePageCache_isSentAsTheDiskBringsItAndSaysSo() throws IOException {
        assumeTrue(ColdFile.possible(server.site().root()), "no file can be cold here");
        byte[] content = TestSite.noise(SIZE);
        ColdFile.write(server.site().root().resolve("cold.bin"), content);

        assertArrayEquals(content, server.given().get("/cold.bin").asByteArray());
        server.served().by("sendfile", "not-resident", SIZE);
        assertArrayEquals(content, server.given().get("/cold.bin").asByteArray());
        server.served().by("sendfile", "large-body", SIZE);

        String reason = E2eTransport.current().reason("sendfile", "not-resident");
        JsonNode fallback = server.admin().get("/api/stats").get("fallbacks").get(reason);
        assertEquals(
                E2eTransport.current().copies() ? 2 : 1,
                fallback.get("requests").asInt());
    }
}
