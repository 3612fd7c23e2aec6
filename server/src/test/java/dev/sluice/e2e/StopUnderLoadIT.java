package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while a thousand downloads are under way. */
final class StopUnderLoadIT {
    private static final int DOWNLOADS = 1000;

    /** So many go on reading; the others stand still. */
    private static final int READING = 300;

    /** More than what lies between a client that does not read and the server. */
    private static final byte[] CONTENT = TestSite.noise(8 << 20);

    @TempDir
    private Path directory;

    @Test
    void sigterm_duringThousandDownloads_finishesThoseThatReadAndCutsTheOthersAtTheLimit() throws Exception {
        try (TestSite site = TestSite.empty().file("/huge.bin", CONTENT);
                Downloads downloads = new Downloads(CONTENT);
                Program program = Program.start(
                        directory,
                        "--port=0",
                        "--admin=127.0.0.1:0",
                        "--set=limits.shutdown=12s",
                        site.root().toString())) {
            URI uri = program.announced("sluice: serving " + site.root() + " at ");
            AdminClient admin = new AdminClient(program.announced("sluice: admin at "));
            downloads.begin(DOWNLOADS, uri, "/huge.bin");
            assertEquals(
                    DOWNLOADS,
                    admin.get("/api/stats").get("requests").get("active").asInt());

            program.terminate();
            Await.present(
                    "not ready", () -> Optional.of(admin.status("/readyz")).filter(status -> status == 503));
            downloads.finish(downloads.some(0, READING));

            assertEquals(READING, count(downloads.some(0, READING)));
            assertEquals(0, program.exitCode());
            downloads.finish(downloads.some(READING, DOWNLOADS));
            assertEquals(0, count(downloads.some(READING, DOWNLOADS)));
            assertTrue(
                    downloads.some(READING, DOWNLOADS).stream().allMatch(Downloads.Download::ended),
                    "one is still open");
            assertTrue(program.errors().lines().count() <= 1, program::errors);
        }
    }

    private static long count(List<Downloads.Download> some) {
        return some.stream().filter(Downloads.Download::whole).count();
    }
}
