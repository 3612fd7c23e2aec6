package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.app.Sluice;
import dev.sluice.app.StartException;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The admin listener as an attacker finds it: a web page in the operator's browser, a neighbour on the network, another user. */
class AdminSecurityTest {
    private static final String TOKEN = "geheim.0123456789-geheim";
    private static final String PURGE = "/api/cache/purge?path=/*";

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    @TempDir
    private static Path directory;

    // --- Host: a name that an attacker made point here (DNS rebinding)

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost:8081", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8081", "192.0.2.1"})
    void host_nobodyCanRebind_isAnswered(String host) {
        assertEquals(200, ask("GET", "/api/stats", "Host: " + host).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "localhost.",
                "evil.localhost",
                "127.0.0.1.evil.example",
                "127.0.0.1.",
                "127.1",
                "localhost,evil.example",
                "xlocalhost",
                "[::1].evil.example",
                "[::1%25lo]",
                "localhost@evil.example",
                "evil.example@localhost",
                "localhost:x",
                "localhost/evil.example",
                "localhost evil.example",
                ""
            })
    void host_thatMayBeRebound_isRefused(String host) {
        for (String target : List.of("/api/stats", "/api/config", "/", "/healthz")) {
            int status = ask("GET", target, "Host: " + host).status();
            assertTrue(status == 403 || status == 400, target + ": " + status);
        }
    }

    @Test
    void host_absentOrTwice_isRefused() {
        assertEquals(400, raw("GET /api/stats HTTP/1.1\r\n\r\n").status());
        assertEquals(403, raw("GET /api/stats HTTP/1.0\r\n\r\n").status());
        assertEquals(
                400,
                raw("GET /api/stats HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
                        .status());
        assertEquals(
                400,
                raw("GET /api/stats HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n\r\n")
                        .status());
    }

    /** RFC 9112 §3.2.2: what the target names counts, and not what Host says. */
    @ParameterizedTest
    @CsvSource({
        "http://localhost/api/stats, evil.example, 200",
        "http://127.0.0.1:8081/api/stats, evil.example, 200",
        "http://evil.example/api/stats, localhost, 403",
        "http://localhost.evil.example/api/stats, localhost, 403",
        "http://localhost@evil.example/api/stats, localhost, 403",
        "http://localhost:x@evil.example/api/stats, localhost, 400",
    })
    void target_absolute_overridesHost(String target, String host, int status) {
        assertEquals(status, ask("GET", target, "Host: " + host).status());
    }

    // --- Pages of another origin

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: null",
                "Origin: ",
                "Origin: http://evil.example",
                "Origin: http://localhost",
                "Origin: http://localhost:3000",
                "Origin: ftp://localhost:8081",
                "Origin: http://localhost:8081/",
                "Origin: http://localhost:8081.evil.example",
                "Origin: http://localhost:8081\r\nOrigin: http://evil.example",
                "Origin: http://localhost:8081\r\nSec-Fetch-Site: cross-site",
                "Referer: http://evil.example/",
                "Referer: http://localhost:3000/",
                "Referer: http://localhost:8081.evil.example/",
                "Referer: http://localhost:8081@evil.example/",
                "Referer: about:blank",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate",
            })
    void post_ofAPageOfAnotherOrigin_changesNothing(String fields) {
        server.warm(TestSite.SMALL);

        assertEquals(403, ask("POST", PURGE, "Host: localhost:8081", fields).status());
        assertEquals(
                403,
                ask("POST", "/api/config/reload", "Host: localhost:8081", fields)
                        .status());

        assertTrue(entries() > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: none",
                "Origin: http://localhost:8081",
                "Origin: https://localhost:8081",
                "Origin: http://localhost:8081\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors",
                "Referer: http://localhost:8081/",
                "Referer: http://localhost:8081/\r\nSec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none"
            })
    void post_ofTheDashboardOrOfNoPage_isTaken(String fields) {
        server.warm(TestSite.SMALL);

        assertEquals(200, ask("POST", PURGE, "Host: localhost:8081", fields).status());

        assertEquals(0, entries());
    }

    /** Not to be embedded, read by a side channel or counted by its time. A link to here may be followed. */
    @Test
    void get_ofAPageOfAnotherOrigin_isNotLoadedIntoIt() {
        for (String site : List.of("cross-site", "same-site")) {
            String field = "Sec-Fetch-Site: " + site;
            assertEquals(
                    403,
                    ask("GET", "/api/stats", field, "Sec-Fetch-Mode: no-cors").status());
            assertEquals(403, ask("GET", "/api/requests", field).status());
            assertEquals(
                    200,
                    ask("GET", "/api/stats", field, "Sec-Fetch-Mode: navigate").status());
            assertEquals(200, ask("GET", "/", field, "Sec-Fetch-Mode: navigate").status());
            assertEquals(200, ask("GET", "/healthz", field).status());
        }
    }

    @Test
    void answer_any_letsNoOtherOriginReadIt() {
        for (String target : List.of("/api/stats", "/api/config", "/healthz", "/", "/nothing")) {
            RawResponse answer = ask("GET", target, "Origin: http://evil.example");
            assertNull(answer.field("Access-Control-Allow-Origin"), target);
            assertEquals("nosniff", answer.field("X-Content-Type-Options"), target);
            assertEquals("same-origin", answer.field("Cross-Origin-Resource-Policy"), target);
            assertEquals("no-store", answer.field("Cache-Control"), target);
        }
        RawResponse preflight =
                ask("OPTIONS", PURGE, "Origin: http://evil.example", "Access-Control-Request-Method: POST");
        assertEquals(403, preflight.status());
        assertNull(preflight.field("Access-Control-Allow-Origin"));
    }

    /** What a link, an image or a form without a script can send. */
    @Test
    void get_ofAnAction_changesNothing() {
        server.warm(TestSite.SMALL);
        for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "post")) {
            assertEquals(405, ask(method, PURGE).status(), method);
        }
        assertEquals(405, ask("GET", PURGE, "X-HTTP-Method-Override: POST").status());

        assertTrue(entries() > 0);
    }

    // --- Framing

    @Test
    void bodies_ofEveryKind_areNotWaitedForAndGetOneAnswer() {
        for (String body : List.of(
                "Content-Length: 10000000000\r\n\r\nxxx",
                "Content-Length: 65537\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nxx",
                "Transfer-Encoding: chunked\r\n\r\n" + "1000\r\n" + "x".repeat(4096) + "\r\n",
                "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n")) {
            try (RawClient client = connect()) {
                client.send("POST " + PURGE + " HTTP/1.1\r\nHost: localhost\r\n" + body);
                assertEquals(200, client.read().status(), body);
                assertEquals(0, client.readToEnd().length, body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Content-Length: 4\r\nContent-Length: 0",
                "Content-Length: 4, 4",
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked"
            })
    void framing_thatIsDoubtful_isRefusedAndNothingBehindItAnswered(String fields) {
        server.warm(TestSite.SMALL);
        try (RawClient client = connect()) {
            client.send("POST /healthz HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n\r\n0\r\n\r\nPOST " + PURGE
                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(400, client.read().status());
            assertEquals(0, client.readToEnd().length);
        }
        assertTrue(entries() > 0);
    }

    /** More clients than workers. */
    @Test
    void bodies_thatDoNotCome_keepNobodyWaiting() {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                RawClient client = connect();
                slow.add(client);
                client.send("POST " + PURGE + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
                assertEquals(200, client.read().status());
            }
            assertEquals(200, ask("GET", "/api/stats").status());
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    @Test
    void requests_pipelined_areJudgedEachByItself() throws IOException {
        try (TestServer own = TestServer.start(TestSite.standard(), "admin.tokenFile=" + tokenFile(TOKEN));
                RawClient client = connect(own.adminUri())) {
            String authorized =
                    "GET /api/stats HTTP/1.1\r\nHost: x.example\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n";
            String without = "GET /api/stats HTTP/1.1\r\nHost: localhost\r\n\r\n";
            client.send(authorized + without + authorized + without);
            assertEquals(
                    List.of(200, 401, 200, 401),
                    List.of(
                            client.read().status(),
                            client.read().status(),
                            client.read().status(),
                            client.read().status()));
        }
    }

    /** They would command the terminal of whoever reads them in an error. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/stats\u001b[2J", "/\u0000", "/a\tb", "/api/stats?path=\u0007", "/\u00e9"})
    void target_withOctetsThatNobodySends_isRefusedWithoutRepeatingThem(String target) {
        RawResponse answer = raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertEquals(400, answer.status());
        assertTrue(answer.text().chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), answer.text());
    }

    // --- Site traffic

    @Test
    void adminRequests_ofEveryKind_areNoSiteTraffic() throws IOException {
        Path log = directory.resolve("access.log");
        try (TestServer own = TestServer.start(TestSite.standard(), "accessLog.file=" + log)) {
            for (String request : List.of(
                    "GET /api/stats HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "GET /api/stats HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                    "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "GET / HTTP/1.0\r\n\r\n",
                    "GET /api/stats HTTP/1.1\r\n\r\n",
                    "POST " + PURGE + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx",
                    "no request at all\r\n\r\n",
                    "GET /\u001b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                    "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n")) {
                try (RawClient client = connect(own.adminUri())) {
                    sendAsMuchAsIsTaken(client, request);
                    client.readHead();
                }
            }
            JsonNode stats = own.admin().get("/api/stats");
            assertEquals(0, stats.at("/requests/total").asLong());
            assertEquals(0, stats.at("/requests/active").asLong());
            assertEquals("{}", stats.at("/requests/status").toString());
            assertEquals(
                    "{\"open\":0,\"accepted\":0,\"refused\":0}",
                    stats.at("/connections").toString());
            assertEquals(0, stats.at("/zeroCopy/bodyBytes").asLong());
            assertEquals(0, own.admin().get("/api/requests").at("/requests").size());
            // The log is written in order: with this line in it, all that was to come before is there.
            own.given().get(TestSite.SMALL).then().statusCode(200);
            String lines = Await.present(
                    "a line in the access log",
                    () -> Optional.of(read(log)).filter(text -> text.contains(TestSite.SMALL)));
            assertEquals(1, lines.lines().count(), lines);
        }
    }

    private static void sendAsMuchAsIsTaken(RawClient client, String request) {
        try {
            client.send(request);
        } catch (UncheckedIOException closedEarly) {
            // The answer may be there before all of a request that is too long.
        }
    }

    // --- Who may listen where

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0:0",
                "[::]:0",
                "192.0.2.1:0",
                "[::ffff:192.0.2.1]:0",
                "[::ffff:0.0.0.0]:0",
                "[2001:db8::1]:0",
                "example.org:0",
                "localhost.example.org:0",
                "0x7f000001:0"
            })
    void start_whereOthersCanReachItWithoutToken_isRefusedInOneLine(String listen) {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> load("admin.listen=\"" + listen + '"'));

        assertEquals(1, refused.problems().size(), refused.problems()::toString);
        assertTrue(
                refused.problems().get(0).endsWith("(expected: a loopback address, or admin.tokenFile with it)"),
                refused.problems()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "127.8.9.10:0", "[::ffff:127.0.0.1]:0", "localhost:0"})
    void start_onLoopbackWithoutToken_isTaken(String listen) throws Exception {
        try (Sluice sluice = Sluice.start(load("admin.listen=\"" + listen + '"'))) {
            assertTrue(admin(sluice).getHost().startsWith("127."), sluice.announcement()::toString);
        }
    }

    @Test
    void start_nothingSaid_listensOnLoopbackAlone() throws Exception {
        try (Sluice sluice = Sluice.start(load())) {
            assertEquals("127.0.0.1", admin(sluice).getHost());
        }
    }

    @Test
    void start_onAllAddressesWithToken_asksForIt() throws Exception {
        try (Sluice sluice =
                Sluice.start(load("admin.listen=0.0.0.0:0", "admin.tokenFile=" + tokenFile(TOKEN + "\r\n")))) {
            URI local = URI.create("http://127.0.0.1:" + admin(sluice).getPort() + "/");
            for (String authorization : List.of(
                    "X: none",
                    "Authorization: Bearer",
                    "Authorization: Bearer ",
                    "Authorization: Bearer " + TOKEN.substring(1),
                    "Authorization: Bearer " + TOKEN + "x",
                    "Authorization: Bearer " + TOKEN.toUpperCase(Locale.ROOT),
                    "Authorization: Basic " + TOKEN,
                    "Authorization: " + TOKEN,
                    "Cookie: token=" + TOKEN)) {
                for (String target : List.of("/api/stats", "/api/config", "/nothing", "/api/stats/", "//")) {
                    RawResponse answer = ask(local, "GET", target, authorization);
                    assertEquals(401, answer.status(), authorization + " " + target);
                    assertFalse(answer.text().contains(TOKEN), answer.text());
                }
                assertEquals(401, ask(local, "POST", PURGE, authorization).status(), authorization);
            }
            assertEquals(
                    200,
                    ask(local, "GET", "/api/stats", "Authorization: bearer " + TOKEN)
                            .status());
            assertEquals(
                    401, ask(local, "GET", "/api/stats?access_token=" + TOKEN).status());
        }
    }

    // --- The token's file

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|token: 0 characters",
                "' '|token: 0 characters",
                "two words here|token: 14 characters",
                "geh\u00e4im|token: 7 characters"
            })
    void start_fileWithoutToken_isRefusedWithoutTellingIt(String content, String fault) throws Exception {
        Path file = tokenFile(content.replace("''", ""));

        StartException refused =
                assertThrows(StartException.class, () -> Sluice.start(load("admin.tokenFile=" + file)));

        assertTrue(refused.getMessage().startsWith("admin.tokenFile " + file + ": " + fault), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
        assertFalse(refused.getMessage().contains("words"), refused.getMessage());
    }

    @Test
    void start_hugeTokenFile_isRefusedAndNotReadWhole() throws Exception {
        Path file = directory.resolve("huge");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }

        StartException refused =
                assertThrows(StartException.class, () -> Sluice.start(load("admin.tokenFile=" + file)));

        assertEquals(
                "admin.tokenFile " + file + ": more than 4096 bytes (expected: a token alone)", refused.getMessage());
    }

    @Test
    void load_tokenFileThatIsNone_isRefusedAtOnce() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        for (String file : List.of(pipe.toString(), directory.toString(), directory + "/missing", "/dev/zero")) {
            ConfigurationException refused =
                    assertThrows(ConfigurationException.class, () -> load("admin.tokenFile=" + file));
            assertEquals(1, refused.problems().size(), refused.problems()::toString);
        }
    }

    @Test
    void start_tokenThatProtectsLittle_isWarnedOfWithoutTellingIt() throws Exception {
        Path file = tokenFile("geheim");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        List<String> logged = new ArrayList<>();

        startAndStop(file, logged);

        assertEquals(2, logged.size(), logged::toString);
        assertTrue(logged.get(0).contains(" may be read by every user "), logged::toString);
        assertTrue(logged.get(1).contains(" a token that may be guessed "), logged::toString);
        assertTrue(logged.stream().noneMatch(line -> line.contains("geheim")), logged::toString);
    }

    @Test
    void start_longTokenOfItsOwner_isNotWarnedOf() throws Exception {
        Path file = tokenFile(TOKEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        List<String> logged = new ArrayList<>();

        startAndStop(file, logged);

        assertEquals(List.of(), logged);
    }

    private static void startAndStop(Path tokenFile, List<String> logged) throws Exception {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("sluice");
        logger.addHandler(handler);
        try {
            Sluice.start(load("admin.tokenFile=" + tokenFile)).close();
        } finally {
            logger.removeHandler(handler);
        }
    }

    // --- Secrets

    @Test
    void config_secrets_areNotInIt() throws Exception {
        String hash = "$2b$04$" + "abcdefghij".repeat(6).substring(0, 53);
        String yaml = "sites: [{rules: [{auth: {users: {alice: \"" + hash + "\"}}}, {template: {env: [API_URL]}}]}]\n";
        try (TestServer own =
                TestServer.startConfigured(TestSite.standard(), yaml, "admin.tokenFile=" + tokenFile(TOKEN))) {
            RawResponse answer = ask(own.adminUri(), "GET", "/api/config", "Authorization: Bearer " + TOKEN);

            assertEquals(200, answer.status());
            JsonNode rules = new JsonMapper().readTree(answer.text()).at("/sites/0/rules");
            assertEquals("***", rules.at("/0/auth/users/alice").asString());
            for (String secret : List.of(hash, hash.substring(7, 29), "api.example", TOKEN)) {
                assertFalse(answer.text().contains(secret), answer.text());
            }
        }
    }

    private static Configuration load(String... sets) throws ConfigurationException {
        List<String> all = new ArrayList<>(List.of("listeners[0].port=0", "cache.memory=32MiB"));
        all.addAll(Arrays.asList(sets));
        return new ConfigurationLoader(directory, Map.of()).load(null, List.of(), all);
    }

    private static URI admin(Sluice sluice) {
        String line = sluice.announcement().get(1).replaceFirst(" \\(.*", "");
        return URI.create(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static Path tokenFile(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "token", ""), content);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long entries() {
        return server.admin().get("/api/stats").at("/cache/entries").asLong();
    }

    private static RawResponse ask(String method, String target, String... fields) {
        return ask(server.adminUri(), method, target, fields);
    }

    private static RawResponse ask(URI admin, String method, String target, String... fields) {
        try (RawClient client = connect(admin)) {
            return client.request(method, target, fields).read(method);
        }
    }

    private static RawResponse raw(String request) {
        try (RawClient client = connect()) {
            return client.send(request).read();
        }
    }

    private static RawClient connect() {
        return connect(server.adminUri());
    }

    /** Whatever the site speaks, the admin listener speaks HTTP/1.1 in clear text. */
    private static RawClient connect(URI admin) {
        try {
            Socket socket = new Socket();
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(admin.getHost(), admin.getPort()));
            return new Http1RawClient(socket, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
