package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of clients that are as slow as can be, by slowhttptest, and beside them two as usual, who notice nothing. */
@Tag("once")
@Timeout(120)
class SlowHttpTestIT {
    private static final int CLIENTS = 400;

    /** Far more of them at once than there are threads. */
    private static final int AT_ONCE = 100;

    /** Those that are answered without a wait for their body do not pile up. */
    private static final int ANSWERED_AT_ONCE = 2;

    private static final int SECONDS = 8;

    @TempDir
    private Path directory;

    private TestServer server;
    private String tool;

    @BeforeEach
    void start() {
        tool = InstalledTool.required("slowhttptest").toString();
        server = TestServer.start(
                TestSite.standard().file("/huge.bin", TestSite.noise(8 << 20)),
                "limits.headerTimeout=3s",
                "limits.writeTimeout=3s",
                "limits.minimumRate=16KiB");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void slowHeaders_leaveOthersServed() throws Exception {
        assertOthersServedDuring(
                AT_ONCE,
                "-H",
                "-i",
                "1",
                "-x",
                "24",
                "-u",
                server.uri().resolve("/").toString());
    }

    /** A body of which a GET has no need is read, since it is short. */
    @Test
    void slowBody_ofAGet_leavesOthersServed() throws Exception {
        assertOthersServedDuring(
                ANSWERED_AT_ONCE,
                "-B",
                "-t",
                "GET",
                "-i",
                "1",
                "-x",
                "10",
                "-s",
                "8192",
                "-u",
                server.uri().resolve("/").toString());
    }

    @Test
    void slowRead_leavesOthersServed() throws Exception {
        assertOthersServedDuring(
                AT_ONCE,
                "-X",
                "-w",
                "256",
                "-y",
                "512",
                "-n",
                "1",
                "-z",
                "32",
                "-u",
                server.uri().resolve("/huge.bin").toString());
    }

    private void assertOthersServedDuring(int atOnce, String... attack) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(tool, "-c", "" + CLIENTS, "-r", "" + CLIENTS, "-l", "" + SECONDS, "-p", "3"));
        command.addAll(List.of(attack));
        Path said = directory.resolve("said.txt");
        Process attacker = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (RawClient kept = server.connect()) {
            int mostAtOnce = 0;
            int served = 0;
            while (attacker.isAlive()) {
                // One on a connection of its own, and two on one that is kept.
                try (RawClient client = server.connect()) {
                    assertServed(client, TestSite.SMALL);
                }
                assertServed(kept, TestSite.SMALL);
                assertServed(kept, TestSite.LARGE);
                served += 3;
                mostAtOnce = Math.max(mostAtOnce, open());
            }
            assertTrue(attacker.waitFor(1, TimeUnit.SECONDS));
            int most = mostAtOnce;
            assertTrue(most >= atOnce, () -> most + " connections at once; " + read(said));
            assertTrue(served > 30, served + " requests");
            Await.present("all slow clients gone", () -> Optional.of(open()).filter(open -> open == 1));
        } finally {
            attacker.destroyForcibly();
        }
    }

    private static void assertServed(RawClient client, String path) throws IOException {
        assertEquals(200, client.request("GET", path).read().status());
    }

    private int open() {
        return server.admin().get("/api/stats").at("/connections/open").asInt();
    }

    private static String read(Path said) {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
