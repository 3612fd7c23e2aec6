package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar as a user who owns nothing, on a machine where nothing can be written to. */
final class ReadOnlySystemIT {
    private static final String NO_REGIONS = "WARN no cache of small files, since no region can be made in "
            + System.getProperty("java.io.tmpdir") + ": ";
    private static final String NO_CODECS =
            "WARN content codings left out, since their native libraries cannot be loaded: ";

    @TempDir
    private Path directory;

    private Jail jail;
    private List<String> command;

    @BeforeEach
    void prepare() throws Exception {
        jail = Jail.required();
        Jail.open(directory);
        command = Program.plainJar(Jail.jar(directory));
    }

    @Test
    void serve_nothingWritable_answersWithoutRegionsAndSaysWhatIsMissingInALineEach() throws Exception {
        List<String> said = serve("sendfile", jail.readOnly(command));

        assertEquals(2, said.size(), said.toString());
        assertTrue(said.stream().anyMatch(line -> line.contains(NO_REGIONS)), said.toString());
        assertTrue(said.stream().anyMatch(line -> line.contains(NO_CODECS)), said.toString());
    }

    /** As in a container with a read-only root. */
    @Test
    void serve_sharedMemoryWritable_answersFromRegions() throws Exception {
        List<String> said = serve("mmap", jail.readOnly(command, "/dev/shm"));

        assertEquals(1, said.size(), said.toString());
        assertTrue(said.get(0).contains(NO_CODECS), said.toString());
    }

    /** Serves, and gives what was written to the standard error. */
    private List<String> serve(String smallFilesBy, List<String> launcher) throws Exception {
        try (TestSite site = TestSite.standard()) {
            Jail.open(site.root().getParent());
            String root = site.root().toString();
            List<String> arguments =
                    new ArrayList<>(List.of("--port=0", "--admin=127.0.0.1:0", "--access-log=-", root));
            try (Program program = Program.start(directory, launcher, arguments.toArray(String[]::new))) {
                URI uri = program.announced("sluice: serving " + root + " at ");
                AdminClient admin = new AdminClient(program.announced("sluice: admin at "));
                try (RawClient client = RawClient.to(uri)) {
                    assertArrayEquals(
                            site.content(TestSite.SMALL),
                            client.request("GET", TestSite.SMALL).read().body());
                    assertEquals(smallFilesBy, admin.served().ioPath());
                    assertArrayEquals(
                            site.content(TestSite.LARGE),
                            client.request("GET", TestSite.LARGE).read().body());
                    assertEquals("sendfile", admin.served().ioPath());
                }
                Await.present(
                        "a line about codecs",
                        () -> Optional.of(program.errors()).filter(errors -> errors.contains(NO_CODECS)));
                for (String path : List.of(TestSite.SMALL, TestSite.LARGE)) {
                    assertTrue(program.nextLine().contains("\"GET " + path + " HTTP/1.1\" 200 "), "the access log");
                }
                program.terminate();
                assertEquals(0, program.exitCode());
                return program.errors().lines().toList();
            }
        }
    }
}
