package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symbolic links under each of the three policies. */
class SymlinkTest {
    private static TestServer inside;
    private static TestServer never;
    private static TestServer always;

    @BeforeAll
    static void start() {
        inside = TestServer.start(site());
        never = TestServer.start(site(), "sites[0].symlinks=never");
        always = TestServer.start(site(), "sites[0].symlinks=always");
    }

    @AfterAll
    static void stop() {
        inside.close();
        never.close();
        always.close();
    }

    private static TestSite site() {
        TestSite site = TestSite.empty().file("/real/file.txt", "real").file("/real/index.html", "index");
        TestSite.write(
                site.outside().resolve("secret.txt"), "secret".getBytes(StandardCharsets.UTF_8), site.modified());
        return site.link("/to-file.txt", Path.of("real/file.txt"))
                .link("/to-directory", Path.of("real"))
                .link("/absolute.txt", site.at("/real/file.txt"))
                .link("/real/up.txt", Path.of("../real/file.txt"))
                .link("/chain-1.txt", Path.of("chain-2.txt"))
                .link("/chain-2.txt", Path.of("to-directory/up.txt"))
                .link("/out.txt", Path.of("../outside/secret.txt"))
                .link("/out-directory", site.outside())
                .link("/out-absolute.txt", site.outside().resolve("secret.txt"))
                .link("/out-by-chain.txt", Path.of("out-directory/secret.txt"))
                .link("/out-and-in.txt", Path.of("../site/real/file.txt"))
                .link("/loop-1", Path.of("loop-2"))
                .link("/loop-2", Path.of("loop-1"))
                .link("/self", Path.of("self"))
                .link("/dangling.txt", Path.of("nothing.txt"));
    }

    /** The body under each policy; {@code -} is 404. */
    @ParameterizedTest
    @CsvSource({
        "/real/file.txt,          real,  real, real",
        "/to-file.txt,            real,  -,    real",
        "/to-directory/file.txt,  real,  -,    real",
        "/to-directory/,          index, -,    index",
        "/absolute.txt,           real,  -,    real",
        "/real/up.txt,            real,  -,    real",
        "/chain-1.txt,            real,  -,    real",
        "/out.txt,                -,     -,    secret",
        "/out-directory/secret.txt, -,   -,    secret",
        "/out-absolute.txt,       -,     -,    secret",
        "/out-by-chain.txt,       -,     -,    secret",
        "/out-and-in.txt,         -,     -,    real",
        "/loop-1,                 -,     -,    -",
        "/loop-1/x,               -,     -,    -",
        "/self,                   -,     -,    -",
        "/dangling.txt,           -,     -,    -",
    })
    void get_link_isFollowedAsThePolicySays(String path, String underInside, String underNever, String underAlways) {
        assertServed(inside, path, underInside);
        assertServed(never, path, underNever);
        assertServed(always, path, underAlways);
    }

    private static void assertServed(TestServer server, String path, String body) {
        String got = server.given().get(path).asString();
        Served served = server.served();
        if (body.equals("-")) {
            assertEquals(404, served.status());
            assertFalse(got.contains("secret"), got);
        } else {
            assertEquals(body, got);
            served.byMmap(body.length());
        }
    }

    @ParameterizedTest
    @CsvSource({"/out.txt, symlink-outside", "/loop-1, too-many-links", "/out-directory/secret.txt, symlink-outside"})
    void get_linkThatIsRefused_isRecordedWithItsReason(String path, String reason) {
        int length = inside.given().get(path).asByteArray().length;
        inside.served().by("copy", reason, length);
        never.given().get(path);
        never.served().by("copy", "symlink", length);
    }

    @ParameterizedTest
    @CsvSource({"/to-directory, 308", "/out-directory, 404"})
    void get_linkToDirectoryWithoutSlash_redirectsOnlyInside(String path, int status) {
        assertEquals(status, inside.given().get(path).statusCode());
        inside.served();
    }
}
