package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.access.PasswordHash;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is explained is what is answered, and explaining leaves nothing behind. */
class ExplainTest {
    /** What the server beneath adds, and what depends on the moment. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("date", "connection", "keep-alive", "transfer-encoding");

    private static final String RIGHT = "Authorization: Basic " + base64("ann:secret");
    private static final String WRONG = "Authorization: Basic " + base64("ann:wrong");
    private static final String FUTURE = "Fri, 01 Jan 2100 00:00:00 GMT";
    private static final String PAST = "Sat, 01 Jan 2000 00:00:00 GMT";

    private static final String RULES = "[{match: {path: '/old/*'}, redirect: {to: '/new/$1', status: 301}},"
            + " {match: {path: '/away'}, redirect: 'https://elsewhere.example/x'},"
            + " {match: {path: '/alias/*'}, rewrite: '/dir/$1'},"
            + " {match: {path: '/denied/**'}, deny: true}, {match: {path: '/gone'}, deny: 410},"
            + " {match: {path: '/unseen'}, deny: 404}, {match: {path: '/closed/**'}, maintenance: 10m},"
            + " {match: {path: '/private/**'}, auth: {realm: \"it's private\", users: {ann: '"
            + PasswordHash.of("secret", PasswordHash.MIN_COST).text() + "'}}},"
            + " {match: {path: '/shared/**'}, cors: {origins: ['https://a.example'], credentials: true}},"
            + " {match: {path: '/page.html'}, security: {csp: \"script-src 'nonce-__CSP_NONCE_16'\"},"
            + " template: {nonce: __CSP_NONCE_16}},"
            + " {match: {path: '/assets/**'}, cache: 1h, headers: {set: {X-Kind: asset}, add: {Vary: X-Kind}}},"
            + " {match: {extension: bin}, download: true, bandwidth: 100MiB},"
            + " {match: {type: 'text/css'}, headers: {set: {X-Type: css}}},"
            + " {match: {path: '/secure.txt'}, security: {hsts: 365d}},"
            + " {match: {path: '/often/**'}, rateLimit: {requests: 1000, per: 1s, burst: 1000}}]";

    @RegisterExtension
    static final TestServer server = TestServer.of(
            site(),
            "sites[0].rules=" + RULES,
            "sites[0].cleanUrls=true",
            "sites[0].listing=html",
            "sites[0].spa=/app.html",
            "sites[0].errorPages={404: /404.html, 403: /nowhere.html, 4xx: /4xx.html, 503: /large.bin}",
            "serverTiming=true",
            // What is held now shall still be held when the request itself comes.
            "cache.revalidate=1h");

    private static TestSite site() {
        TestSite site = TestSite.standard()
                .file("/404.html", "<!doctype html><title>lost</title>")
                .file("/4xx.html", "<!doctype html><title>refused</title>")
                .file("/app.html", "<!doctype html><title>app</title>")
                .file("/about.html", "<!doctype html><title>about</title>")
                .file("/page.html", "<script nonce=\"__CSP_NONCE_16\"></script>")
                .file("/private/note.txt", "for ann")
                .file("/shared/note.txt", "for a.example")
                .file("/often/note.txt", "often")
                .file("/secure.txt", "secure")
                .file("/style.css", "body {}")
                .file("/assets/app.1a2b3c4d.js", "let a = 1;")
                .file("/.hidden", "secret")
                .file("/.well-known/security.txt", "Contact: mailto:a@example.org");
        for (String name : List.of("/assets/app.1a2b3c4d.js", "/large.css")) {
            byte[] coded = TestSite.noise(200);
            site.file(name + ".br", coded).file(name + ".zst", coded).file(name + ".gz", coded);
        }
        return site.file("/large.css", TestSite.noise(TestSite.LARGE_SIZE));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A request: its method, its target and its fields. */
    record Asked(String method, String target, List<String> lines) {
        static Asked get(String target, String... lines) {
            return new Asked("GET", target, List.of(lines));
        }

        static Asked of(String method, String target, String... lines) {
            return new Asked(method, target, List.of(lines));
        }

        String query() {
            String query = "/api/explain?path=" + encode(target) + "&method=" + encode(method) + "&header="
                    + encode("Host: localhost");
            return query + lines.stream().map(line -> "&header=" + encode(line)).collect(Collectors.joining());
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return method + ' ' + target + ' ' + lines;
        }
    }

    static Stream<Asked> requests() {
        return Stream.of(plain(), methods(), conditions(), ranges(), codings(), paths(), rules())
                .flatMap(List::stream);
    }

    private static List<Asked> plain() {
        return List.of(
                Asked.get("/small.txt"),
                Asked.get("/large.bin"),
                Asked.get("/empty.txt"),
                Asked.get("/"),
                Asked.get("/index.html?v=1"),
                Asked.get("/small.txt", "Want-Repr-Digest: sha-256=1"),
                Asked.get("/large.bin", "Want-Repr-Digest: sha-256=1"));
    }

    private static List<Asked> methods() {
        return List.of(
                Asked.of("HEAD", "/small.txt"),
                Asked.of("HEAD", "/large.bin"),
                Asked.of("HEAD", "/nothing"),
                Asked.of("OPTIONS", "/small.txt"),
                Asked.of("POST", "/small.txt"),
                Asked.of("DELETE", "/nothing"),
                Asked.of("BREW", "/small.txt"));
    }

    private static List<Asked> conditions() {
        return List.of(
                Asked.get("/small.txt", "If-None-Match: *"),
                Asked.get("/small.txt", "If-None-Match: \"other\"", "If-Modified-Since: " + FUTURE),
                Asked.get("/small.txt", "If-Modified-Since: " + FUTURE),
                Asked.get("/small.txt", "If-Modified-Since: " + PAST),
                Asked.get("/small.txt", "If-Match: \"other\""),
                Asked.get("/small.txt", "If-Match: *", "If-None-Match: *"),
                Asked.get("/small.txt", "If-Unmodified-Since: " + PAST),
                Asked.get("/large.bin", "If-None-Match: *"),
                Asked.of("HEAD", "/large.bin", "If-Modified-Since: " + FUTURE));
    }

    private static List<Asked> ranges() {
        return List.of(
                Asked.get("/small.txt", "Range: bytes=0-9"),
                Asked.get("/small.txt", "Range: bytes=-5"),
                Asked.get("/small.txt", "Range: bytes=100-"),
                Asked.get("/small.txt", "Range: bytes=0-1,5-6"),
                Asked.get("/small.txt", "Range: lines=1-2"),
                Asked.get("/small.txt", "Range: bytes=0-9", "If-Range: \"other\""),
                Asked.of("HEAD", "/small.txt", "Range: bytes=0-9"),
                Asked.get("/large.bin", "Range: bytes=1000-2000"),
                Asked.get("/large.bin", "Range: bytes=0-1,500-600"),
                Asked.get("/empty.txt", "Range: bytes=0-"));
    }

    private static List<Asked> codings() {
        String js = "/assets/app.1a2b3c4d.js";
        return List.of(
                Asked.get(js),
                Asked.get(js, "Accept-Encoding: gzip, br;q=0.5"),
                Asked.get(js, "Accept-Encoding: zstd", "Range: bytes=10-19"),
                Asked.get(js, "Accept-Encoding: identity;q=0"),
                Asked.get("/small.txt", "Accept-Encoding: identity;q=0"),
                Asked.get("/large.css", "Accept-Encoding: br"),
                Asked.get("/large.css", "Accept-Encoding: gzip", "Want-Repr-Digest: sha-256=1"),
                Asked.get("/large.css", "Accept-Encoding: *;q=0"));
    }

    private static List<Asked> paths() {
        return List.of(
                Asked.get("/nothing"),
                Asked.get("/nothing", "Accept: text/html"),
                Asked.get("/nothing.js", "Accept: text/html"),
                Asked.get("/app.html", "Accept: text/html"),
                Asked.get("/dir"),
                Asked.get("/dir?a=b"),
                Asked.get("/dir/"),
                Asked.get("/about"),
                Asked.get("/about/"),
                Asked.get("/assets/"),
                Asked.get("/assets/?sort=size", "Accept: text/html"),
                Asked.get("/assets/", "Accept: application/json"),
                Asked.of("HEAD", "/assets/"),
                Asked.get("/.hidden"),
                Asked.get("/.well-known/security.txt"),
                Asked.get("/dir/../small.txt"),
                Asked.get("/sm%61ll.txt"),
                Asked.get("/small.txt/"),
                Asked.get("/a%00b"));
    }

    private static List<Asked> rules() {
        return List.of(
                Asked.get("/old/a%20b?q=1"),
                Asked.get("/away"),
                Asked.get("/alias/page.html"),
                Asked.get("/denied/x"),
                Asked.get("/gone"),
                Asked.get("/unseen"),
                Asked.get("/closed/x"),
                Asked.get("/private/note.txt"),
                Asked.get("/private/note.txt", WRONG),
                Asked.get("/private/note.txt", RIGHT),
                Asked.get("/shared/note.txt", "Origin: https://a.example"),
                Asked.get("/shared/note.txt", "Origin: https://b.example"),
                Asked.of(
                        "OPTIONS",
                        "/shared/note.txt",
                        "Origin: https://a.example",
                        "Access-Control-Request-Method: GET"),
                Asked.get("/page.html"),
                Asked.of("HEAD", "/page.html"),
                Asked.get("/style.css"),
                Asked.get("/secure.txt"),
                Asked.get("/often/note.txt"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void explain_anyRequest_isWhatIsAnswered(Asked asked) {
        assertExplained(server, asked);
        // And once more, now that the hot set may hold it.
        assertExplained(server, asked);
    }

    /** The connection stays open until the record is there: a client that leaves early may be what the record tells. */
    private static void assertExplained(TestServer server, Asked asked) {
        JsonNode told = server.admin().get(asked.query());
        try (RawClient client = server.connect()) {
            RawResponse answer = answer(client, asked);
            assertExplained(told, answer, server.served());
        }
    }

    private static void assertExplained(JsonNode told, RawResponse answer, Served served) {
        String planned = told.get("planned").asString();
        assertEquals(answer.status(), told.get("status").asInt());
        assertEquals(served.planned(), planned);
        assertEquals(
                served.reason(),
                E2eTransport.current().reason(planned, told.get("reason").asString()));
        assertEquals(fields(answer), fields(told));
        JsonNode trace = told.get("trace");
        assertEquals("path", trace.get(trace.size() - 1).get("step").asString());
    }

    private static RawResponse answer(TestServer server, Asked asked) {
        try (RawClient client = server.connect()) {
            return answer(client, asked);
        }
    }

    private static RawResponse answer(RawClient client, Asked asked) {
        return client.request(asked.method(), asked.target(), asked.lines().toArray(String[]::new))
                .read(asked.method());
    }

    private static Map<String, String> fields(RawResponse answer) {
        Map<String, String> fields = new TreeMap<>();
        answer.fields().forEach((name, values) -> fields.put(name, constant(String.join(", ", values))));
        fields.keySet().removeAll(OF_THE_CONNECTION);
        fields.keySet().removeIf(name -> name.startsWith(":"));
        return fields;
    }

    private static Map<String, String> fields(JsonNode told) {
        Map<String, String> fields = new TreeMap<>();
        told.get("headers")
                .propertyStream()
                .forEach(field -> fields.put(
                        field.getKey().toLowerCase(Locale.ROOT),
                        constant(field.getValue().asString())));
        return fields;
    }

    /** A value without what is another one in each answer. */
    private static String constant(String value) {
        return value.replaceAll("boundary=\\S+", "boundary=…").replaceAll("'nonce-[^']+'", "'nonce-…'");
    }

    @Test
    void explain_codedInTheBackground_saysWhatIsHeld() {
        String text = "The same again and again. ".repeat(100);
        try (TestServer own = TestServer.start(TestSite.standard().file("/text.html", text))) {
            Asked asked = Asked.get("/text.html", "Accept-Encoding: br");
            assertTrue(finding(own, asked, "hot set").endsWith("to be made if worth it: br, zstd, gzip"));
            assertTrue(finding(own, asked, "coding").startsWith("identity: "));
            Await.present(
                    "a coded variant",
                    () -> Optional.of(answer(own, asked)).filter(answer -> answer.field("Content-Encoding") != null));
            own.admin().forget();

            assertExplained(own, asked);
            assertTrue(finding(own, asked, "hot set").endsWith("; codings: br, zstd, gzip"));
            assertEquals(
                    "br: Accept-Encoding likes it best of br, zstd, gzip, identity (q=1)",
                    finding(own, asked, "coding"));
        }
    }

    private static String finding(TestServer server, Asked asked, String step) {
        for (JsonNode decision : server.admin().get(asked.query()).get("trace")) {
            if (decision.get("step").asString().equals(step)) {
                return decision.get("finding").asString();
            }
        }
        throw new AssertionError("no step " + step);
    }

    @Test
    void explain_compressedWhileSent_isCopyWithoutLength() {
        TestSite site = TestSite.standard().file("/long.css", "a {}\n".repeat(400_000));
        try (TestServer own = TestServer.start(site, "compression.streaming=true");
                RawClient client = own.connect()) {
            Asked asked = Asked.get("/long.css", "Accept-Encoding: gzip");
            JsonNode told = own.admin().get(asked.query());
            assertEquals("copy", told.get("planned").asString());
            assertEquals("streaming-compression", told.get("reason").asString());
            RawResponse head = client.request("GET", asked.target(), "Accept-Encoding: gzip")
                    .readHead();
            assertEquals(fields(head), fields(told));
        }
    }

    @Test
    void explain_withoutAHotSet_isSendfile() {
        try (TestServer own = TestServer.start(TestSite.standard(), "cache.memory=0")) {
            assertExplained(own, Asked.get("/small.txt"));
            assertExplained(own, Asked.get("/empty.txt"));
        }
    }

    @Test
    void explain_severalSites_isTheOneOfTheHost() {
        TestSite site = TestSite.standard();
        try (TestServer own = TestServer.start(site, "sites[0].hosts=[example.org]")) {
            JsonNode unknown = own.admin().get("/api/explain?path=/&header=Host:%20example.net");
            assertEquals(421, unknown.get("status").asInt());
            assertEquals("unknown-host", unknown.get("reason").asString());
            JsonNode known = own.admin().get("/api/explain?path=/&header=Host:%20example.org");
            assertEquals(200, known.get("status").asInt());
        }
    }

    @Test
    void explain_manyRequests_changesNothing() throws IOException {
        String limit = "sites[0].rules=[{match: {path: '/small.txt'}, rateLimit: {requests: 1, per: 1h, burst: 1}}]";
        try (TestServer own = TestServer.start(site(), limit)) {
            String before = figures(own);
            List<Asked> all = new ArrayList<>(requests().toList());
            all.addAll(Arrays.asList(Asked.get("/small.txt"), Asked.get("/small.txt")));
            all.forEach(asked -> own.admin().get(asked.query()));

            assertEquals(before, figures(own));
            assertEquals(List.of(), openFilesBelow(own.site().root()));
            assertEquals(200, answer(own, Asked.get("/small.txt")).status(), "nothing was counted before");
            assertEquals(429, answer(own, Asked.get("/small.txt")).status());
        }
    }

    private static String figures(TestServer server) {
        JsonNode stats = server.admin().get("/api/stats");
        return String.join(
                "\n",
                stats.get("requests").toString(),
                stats.get("connections").toString(),
                stats.get("ioPaths").toString(),
                stats.get("cache").toString());
    }

    private static List<Path> openFilesBelow(Path root) throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    Path target = Files.readSymbolicLink(descriptor);
                    // Directories are kept open for a while, whoever looked into them.
                    if (target.startsWith(root) && !Files.isDirectory(target)) {
                        open.add(target);
                    }
                }
            }
        }
        return open;
    }
}
