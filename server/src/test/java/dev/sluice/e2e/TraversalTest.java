package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.archive.ZipBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every spelling of a way out of the root, and of a hidden file, that somebody has thought of. None leads there. */
class TraversalTest {
    private static final String SECRET = "not for the world";

    /** Whatever a system's file of users begins with. */
    private static final String USERS = "root:";

    private static final Set<Integer> NOT_FOUND = Set.of(400, 404);

    /** What may be taken for the parent: plain, encoded once or twice, overlong, of other scripts, and with something hung on. */
    private static final List<String> PARENTS = List.of(
            "..",
            "%2e%2e",
            ".%2e",
            "%2E.",
            "%252e%252e",
            "%25252e%25252e",
            "%u002e%u002e",
            "%c0%ae%c0%ae",
            "%c0%2e%c0%2e",
            "%e0%80%ae%e0%80%ae",
            "%f0%80%80%ae%f0%80%80%ae",
            "%ef%bc%8e%ef%bc%8e",
            "%e2%80%a4%e2%80%a4",
            "%e2%80%a5",
            "...",
            "....",
            "..;",
            "..;a=b",
            "%2e%2e%3b",
            "..%00",
            ".%00.",
            "%00..",
            "..%09",
            "..%20",
            "%20..",
            "..%0d%0a",
            "..%ff",
            "..%c2%a0",
            "..%e2%80%8b",
            "..:",
            "..~1",
            "..\\..",
            "..\u0000",
            "..\u0001");

    private static final List<String> SEPARATORS = List.of(
            "/",
            "//",
            "/./",
            "/;/",
            "%2f",
            "%2F",
            "%252f",
            "%u2215",
            "%c0%af",
            "%e0%80%af",
            "%ef%bc%8f",
            "%e2%88%95",
            "\\",
            "%5c",
            "%255c",
            "%c1%9c");

    private static final List<String> BEGINNINGS =
            List.of("/", "//", "/dir/", "/dir/page.html/", "/nothing/", "/dir%2f", "/captured/", "http://localhost/");

    private static final List<String> GOALS = List.of("secret.txt", "outside/secret.txt", "etc/passwd");

    private static final List<String> ENDS = List.of("", "%00.html");

    private static final TestSite SITE =
            TestSite.standard().file("/.env", SECRET).file("/dir/.git/config", SECRET);

    /** Whatever looks for files by a name that it has made of the request's. */
    private static final String CONFIGURATION = """
            sites:
              - listing: html
                cleanUrls: true
                rules:
                  - match: {path: "/captured/**"}
                    rewrite: "/dir/$1"
            """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(SITE, CONFIGURATION);

    /** The same in an archive, with entries whose names lead out of it. */
    @RegisterExtension
    static final TestServer zipped = TestServer.configured(archive(), CONFIGURATION);

    private static TestSite archive() {
        ZipBytes zip = new ZipBytes();
        for (String path : List.of("/small.txt", "/index.html", "/dir/index.html", "/dir/page.html")) {
            zip.deflated(path.substring(1), SITE.content(path));
        }
        for (String name :
                List.of(".env", "dir/.git/config", "../secret.txt", "/secret.txt", "dir/../../outside/secret.txt")) {
            zip.stored(name, SECRET);
        }
        for (String name : List.of("/etc/passwd", "../../etc/passwd", "..\\..\\etc\\passwd", "dir/..\\secret.txt")) {
            zip.stored(name, USERS + SECRET);
        }
        return TestSite.archive(zip.add(ZipBytes.Part.of("dir/link.txt")
                .stored("../../secret.txt".getBytes(StandardCharsets.UTF_8))
                .mode(0120777)));
    }

    @BeforeAll
    static void plant() {
        byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
        Path folder = SITE.root().getParent();
        TestSite.write(folder.resolve("secret.txt"), secret, SITE.modified());
        TestSite.write(SITE.outside().resolve("secret.txt"), secret, SITE.modified());
    }

    static Stream<String> beginnings() {
        return BEGINNINGS.stream();
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void get_wayOut_neverLeadsThere(String beginning) {
        List<String> targets = new ArrayList<>();
        for (String parent : PARENTS) {
            for (String separator : SEPARATORS) {
                for (int steps : new int[] {1, 9}) {
                    for (String goal : GOALS) {
                        for (String end : ENDS) {
                            targets.add(beginning
                                    + (parent + separator).repeat(steps)
                                    + goal.replace("/", separator)
                                    + end);
                        }
                    }
                }
            }
        }
        assertNotServed(targets);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "//etc/passwd",
                "/%2fetc/passwd",
                "/%2fetc%2fpasswd",
                "file:///etc/passwd",
                "http://localhost//etc/passwd",
                "/proc/self/root/etc/passwd",
                "/dir/index.html/../../../outside/secret.txt",
                "/~root/",
                "/c:/secret.txt",
                "/\\\\localhost/secret.txt",
                "/%5c%5clocalhost%5csecret.txt",
            })
    void get_absoluteName_neverLeadsThere(String target) {
        assertNotServed(List.of(target));
    }

    @Test
    void get_veryLongWayOut_neverLeadsThere() {
        assertNotServed(List.of(
                "/" + "../".repeat(2_000) + "etc/passwd",
                "/" + "dir/../".repeat(1_000) + "../secret.txt",
                "/" + "%2e%2e%2f".repeat(1_000) + "etc%2fpasswd",
                "/" + "a".repeat(5_000) + "/../../secret.txt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.env",
                "/%2eenv",
                "/%2Eenv",
                "/.%65nv",
                "/./.env",
                "//.env",
                "/dir/../.env",
                "/dir/%2e%2e/.env",
                "/dir%2f..%2f.env",
                "/.env/",
                "/.env;a",
                "/.env%00",
                "/.env%20",
                "/.env.",
                "/.env?x",
                "/.ENV",
                "/captured/../.env",
                "/dir/.git/config",
                "/dir/%2egit/config",
                "/dir/.git%2fconfig",
                "/dir/.git/",
                "/dir/x/../.git/config",
                "/captured/.git/config",
                "/captured/%2egit/config",
            })
    void get_hiddenFile_isNeverServed(String target) {
        assertNotServed(List.of(target));
    }

    /** All on one connection for as long as it is kept: what is wrong must not come out at the next request either. */
    private static void assertNotServed(List<String> targets) {
        assertNotServed(server, targets);
        assertNotServed(zipped, targets);
    }

    private static void assertNotServed(TestServer server, List<String> targets) {
        RawClient client = server.connect();
        try {
            for (String target : targets) {
                RawResponse response = client.request("GET", target).read();
                assertFalse(leaks(response), () -> target + ": " + response.status() + ' ' + response.text());
                assertTrue(
                        NOT_FOUND.contains(response.status()) || isOfTheSite(response),
                        () -> target + ": " + response.status());
                if ("close".equals(response.field("Connection"))) {
                    client.close();
                    client = server.connect();
                }
            }
        } finally {
            client.close();
        }
        server.admin().forget();
    }

    private static boolean leaks(RawResponse response) {
        return response.text().contains(SECRET) || response.text().contains(USERS);
    }

    /** Some spellings name the home page, a folder or a redirect within the site, and rightly. */
    private static boolean isOfTheSite(RawResponse response) {
        String location = String.valueOf(response.field("Location")).toLowerCase(Locale.ROOT);
        return response.status() == 200 || (response.status() == 308 && !location.contains("passwd"));
    }

    /** To open a pipe waits for a writer, and to read a device may never end. */
    @Test
    void get_pipeSocketOrDevice_isNotThereAndNotOpened() throws Exception {
        Path pipe = SITE.at("/dir/pipe.txt");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        SITE.link("/dir/zero.txt", Path.of("/dev/zero"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                RawClient client = server.connect()) {
            socket.bind(UnixDomainSocketAddress.of(SITE.at("/dir/socket.txt")));
            for (String path : List.of("/dir/pipe.txt", "/dir/socket.txt", "/dir/zero.txt")) {
                for (String method : List.of("GET", "HEAD", "GET")) {
                    assertEquals(
                            404,
                            client.request(method, path, "Range: bytes=0-9")
                                    .read(method)
                                    .status(),
                            path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.admin().forget();
    }
}
