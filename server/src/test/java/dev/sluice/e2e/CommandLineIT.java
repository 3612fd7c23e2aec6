package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar from its command line to its exit code. */
class CommandLineIT {
    private static final byte[] HUGE = TestSite.noise(32 << 20);

    @TempDir
    private Path directory;

    @Test
    void unknownOption_isOneLineAndExitCode2() throws Exception {
        assertRefused(2, "sluice: --frob: unknown option (see sluice --help)\n", "--frob");
    }

    @Test
    void missingDirectory_isOneLineAndExitCode2() throws Exception {
        try (Program program = Program.start(directory, "--port", "0", "no-such-directory")) {
            assertEquals(2, program.exitCode());
            assertEquals("", program.rest());
            assertTrue(program.errors().startsWith("sluice: DIR: \"no-such-directory\""), program::errors);
            assertEquals(1, program.errors().lines().count(), program::errors);
        }
    }

    @Test
    void portInUse_isOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program program = Program.start(
                        directory, "--port", Integer.toString(taken.getLocalPort()), "--admin", "off", ".")) {
            assertEquals(1, program.exitCode());
            assertEquals("", program.rest());
            String beginning = "sluice: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ";
            assertTrue(program.errors().startsWith(beginning), program::errors);
            assertEquals(1, program.errors().lines().count(), program::errors);
        }
    }

    private void assertRefused(int exitCode, String error, String... arguments) throws Exception {
        try (Program program = Program.start(directory, arguments)) {
            assertEquals(exitCode, program.exitCode());
            assertEquals(error, program.errors());
            assertEquals("", program.rest());
        }
    }

    @Test
    void portZero_onEachListener_isAnnouncedAndServed() throws Exception {
        try (TestSite site = TestSite.standard();
                Program program = Program.start(
                        directory,
                        "--port",
                        "0",
                        "--set",
                        "listeners[1].port=0",
                        "--admin",
                        "127.0.0.1:0",
                        "--server-timing",
                        site.root().toString())) {
            URI first = program.announced("sluice: serving " + site.root() + " at ");
            URI second = program.announced("sluice: serving " + site.root() + " at ");
            AdminClient admin = new AdminClient(program.announced("sluice: admin at "));
            assertNotEquals(first, second);
            for (URI uri : new URI[] {first, second}) {
                try (RawClient client = RawClient.to(uri)) {
                    RawResponse response = client.request("GET", TestSite.LARGE).read();
                    assertArrayEquals(site.content(TestSite.LARGE), response.body());
                    assertEquals("io;desc=\"sendfile\"", response.field("Server-Timing"));
                }
                admin.served().bySendfile(TestSite.LARGE_SIZE);
            }
            program.terminate();
            assertEquals(0, program.exitCode());
            assertEquals("", program.errors());
        }
    }

    @Test
    void sigterm_duringADownload_finishesItAndExitsWith0() throws Exception {
        try (TestSite site = TestSite.empty().file("/huge.bin", HUGE);
                Program program = Program.start(
                        directory,
                        "--port",
                        "0",
                        "--admin",
                        "127.0.0.1:0",
                        site.root().toString())) {
            URI uri = program.announced("sluice: serving " + site.root() + " at ");
            AdminClient admin = new AdminClient(program.announced("sluice: admin at "));
            try (RawClient client = RawClient.to(uri, 4096)) {
                client.request("GET", "/huge.bin").readHead();
                assertEquals(200, admin.status("/readyz"));

                program.terminate();

                Await.present(
                        "not ready", () -> Optional.of(admin.status("/readyz")).filter(status -> status == 503));
                assertArrayEquals(HUGE, client.readNBytes(HUGE.length));
            }
            assertEquals(0, program.exitCode());
            assertEquals("", program.errors());
        }
    }
}
