package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server loses the permission to read a file. It runs as somebody else than the files' owner, since root may read all. */
final class PermissionRemovedIT {
    private static final byte[] HUGE = TestSite.noise(32 << 20);

    @TempDir
    private Path directory;

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void get_permissionRemoved_finishesWhatIsBeingSentAndIs404UntilItIsBack() throws Exception {
        Jail jail = Jail.required();
        Jail.open(directory);
        List<String> launcher = jail.unprivileged(Program.plainJar(Jail.jar(directory)));
        try (TestSite site = TestSite.standard().file("/huge.bin", HUGE)) {
            Jail.open(site.root().getParent());
            String root = site.root().toString();
            try (Program program = Program.start(directory, launcher, "--port=0", "--admin=127.0.0.1:0", root)) {
                URI uri = program.announced("sluice: serving " + root + " at ");
                try (RawClient slow = RawClient.to(uri, 4096);
                        RawClient other = RawClient.to(uri)) {
                    for (int time = 0; time < 3; time++) {
                        assertEquals(200, status(other, TestSite.SMALL));
                    }
                    slow.request("GET", "/huge.bin").readHead();

                    permit(site.at("/huge.bin"), "-wx------");
                    permit(site.at(TestSite.SMALL), "-wx------");

                    for (String path : List.of("/huge.bin", TestSite.SMALL)) {
                        Await.present(
                                path + " is 404",
                                () -> Optional.of(status(other, path)).filter(now -> now == 404));
                    }
                    assertArrayEquals(HUGE, slow.readNBytes(HUGE.length));

                    permit(site.at("/huge.bin"), "r--r--r--");
                    permit(site.at(TestSite.SMALL), "r--r--r--");
                    for (String path : List.of("/huge.bin", TestSite.SMALL)) {
                        Await.present(
                                path + " is back",
                                () -> Optional.of(status(other, path)).filter(now -> now == 200));
                    }
                }
                program.terminate();
                assertEquals(0, program.exitCode());
                assertEquals("", program.errors());
            }
        }
    }

    private static int status(RawClient client, String path) {
        return client.request("HEAD", path).read("HEAD").status();
    }
}
