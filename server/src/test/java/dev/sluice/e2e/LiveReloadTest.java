package dev.sluice.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A site that is served to its author: nothing old, a script in each page, and events that tell it of changes. */
@Timeout(120)
class LiveReloadTest {
    private static final String EVENTS = "/.sluice/reload";
    private static final String SCRIPT = "/.sluice/reload.js";
    private static final Pattern ELEMENT = Pattern.compile(
            "<script src=\"/\\.sluice/reload\\.js\" data-version=\"([a-z0-9]+-\\d+)\"( nonce=\"[^\"]{22}\")? async></script>\n");
    private static final String PAGE = "<!doctype html><body><p>page</p></body>";
    private static final String SITES = """
            sites:
              - dev: true
                listing: html
                errorPages: {404: /lost.html}
                rules:
                  - match: {path: "/nonce/**"}
                    template: {nonce: __CSP_NONCE_128_BITS__}
                  - match: {path: "/nonce/**"}
                    security: {csp: "script-src 'nonce-__CSP_NONCE_128_BITS__'"}
                  - match: {path: "/old"}
                    redirect: /page.html
                  - cache: 1h
            """;

    @RegisterExtension
    static final TestServer server = TestServer.configured(
            TestSite.standard()
                    .file("/page.html", PAGE)
                    .file("/page.html.gz", "a sidecar of another page")
                    .file("/lost.html", "<body>lost</body>")
                    .file("/style.css", "p { color: red }".repeat(100))
                    .file("/nonce/page.html", "<body><script nonce=\"__CSP_NONCE_128_BITS__\"></script></body>")
                    .file("/nonce/data.txt", "__CSP_NONCE_128_BITS__")
                    .file("/list/a.txt", "a"),
            SITES);

    private static String withoutElement(Response response) {
        String page = response.asString();
        Matcher matcher = ELEMENT.matcher(page);
        assertTrue(matcher.find(), page);
        return matcher.replaceFirst("");
    }

    @Test
    void get_page_hasTheScriptAndNothingToKeepItBy() {
        Response response = server.given().header("Accept-Encoding", "gzip, br").get("/page.html");

        response.then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(response.asByteArray().length))
                .header("Content-Type", "text/html;charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("ETag", nullValue())
                .header("Last-Modified", nullValue())
                .header("Accept-Ranges", nullValue())
                .header("Content-Encoding", nullValue());
        assertEquals(PAGE, withoutElement(response));
        server.served().by("copy", "dev", response.asByteArray().length);
    }

    @Test
    void get_pageInPartOrIfChanged_isTheWholePage() {
        Response response = server.given()
                .header("Range", "bytes=0-9")
                .header("If-None-Match", "*")
                .get("/page.html");

        assertEquals(200, response.statusCode());
        assertEquals(PAGE, withoutElement(response));
    }

    @Test
    void head_page_hasTheFieldsOfGet() {
        int length = server.given().get("/page.html").asByteArray().length;

        server.given().head("/page.html").then().statusCode(200).header("Content-Length", Integer.toString(length));
        server.admin().served(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/style.css, 200",
        "/small.txt, 200",
        "/large.bin, 200",
        "/old, 308",
        "/dir, 308",
        "/list/, 200",
        "/none, 404"
    })
    void get_anything_isNotToBeKept(String path, int status) {
        for (int time = 0; time < 2; time++) {
            Response response =
                    server.given().header("Accept-Encoding", "gzip, br").get(path);
            response.then()
                    .statusCode(status)
                    .header("Cache-Control", "no-store")
                    .header("Content-Encoding", nullValue());
        }
        for (Served served : server.admin().served(2)) {
            assertNotEquals("mmap", served.planned());
        }
        assertEquals(0, server.admin().get("/api/stats").at("/cache/entries").asInt());
    }

    @Test
    void get_errorPageAndListing_haveTheScript() {
        Response lost = server.given().get("/none");
        assertEquals("<body>lost</body>", withoutElement(lost));
        assertEquals(Integer.toString(lost.asByteArray().length), lost.header("Content-Length"));

        Response listing = server.given().get("/list/");
        assertTrue(withoutElement(listing).contains("a.txt"));
        String policy = listing.header("Content-Security-Policy");
        assertTrue(policy.endsWith("; script-src 'self'; connect-src 'self'"), policy);
        assertEquals(Integer.toString(listing.asByteArray().length), listing.header("Content-Length"));
        server.admin().served(2);
    }

    @Test
    void get_pageWithNonce_letsTheScriptIn() {
        Response response = server.given().get("/nonce/page.html");

        Matcher matcher = ELEMENT.matcher(response.asString());
        assertTrue(matcher.find(), response::asString);
        String nonce = matcher.group(2).replaceAll(" nonce=|\"", "");
        assertEquals("script-src 'nonce-" + nonce + "'", response.header("Content-Security-Policy"));
        assertEquals(22, server.given().get("/nonce/data.txt").asString().length());
    }

    @Test
    void get_fileChangedInPlace_isTheNewOneAtOnce() throws Exception {
        for (String path : List.of("/changing.html", "/changing.txt")) {
            for (int time = 0; time < 3; time++) {
                Files.writeString(server.site().at(path), "version " + time);
                String body = server.given().get(path).asString();
                assertEquals("version " + time, ELEMENT.matcher(body).replaceFirst(""));
            }
        }
    }

    @Test
    void explain_page_saysWhatIsSent() {
        int length = server.given().get("/page.html").asByteArray().length;

        var told = server.admin().get("/api/explain?path=/page.html");

        assertEquals(
                "copy dev",
                told.get("planned").asString() + ' ' + told.get("reason").asString());
        assertTrue(told.toString().contains("\"Content-Length\":\"" + length + "\""), told::toString);
        assertTrue(told.toString().contains("no-store"), told::toString);
        assertEquals(
                "copy",
                server.admin().get("/api/explain?path=/none").get("planned").asString());
        assertEquals(
                "sendfile",
                server.admin()
                        .get("/api/explain?path=/style.css")
                        .get("planned")
                        .asString());
    }

    @Test
    void get_script_isForThisOriginAlone() {
        server.given()
                .get(SCRIPT)
                .then()
                .statusCode(200)
                .header("Content-Type", "text/javascript;charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("Cross-Origin-Resource-Policy", "same-origin");
        server.given().header("Sec-Fetch-Site", "cross-site").get(SCRIPT).then().statusCode(403);
        server.given()
                .header("Sec-Fetch-Site", "same-origin")
                .get(SCRIPT)
                .then()
                .statusCode(200);
        server.admin().served(3);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://other.example",
        "Origin, null"
    })
    void get_eventsForAnotherOrigin_areRefused(String field, String value) {
        server.given().header(field, value).get(EVENTS).then().statusCode(403);
    }

    /** A stranger's name that leads here would make this site his own (DNS rebinding). */
    @ParameterizedTest
    @CsvSource({"localhost, 200", "my.localhost, 200", "127.0.0.1, 200", "stranger.example, 421"})
    void get_byAnyName_isAnsweredIfItIsTheAuthors(String host, int status) {
        try (RawClient client = server.connect()) {
            for (String path : List.of("/index.html", SCRIPT)) {
                assertEquals(
                        status,
                        client.request("GET", path, "Host: " + host).read().status());
            }
        }
    }

    @Test
    void events_otherMethods_areAnsweredAtOnce() {
        server.given()
                .head(EVENTS)
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("text/event-stream"))
                .header("Content-Length", nullValue());
        server.given().post(EVENTS).then().statusCode(405);
        server.admin().served(2);
    }

    @Test
    void get_pathsOfLiveReload_areOrdinaryOnesWithoutIt() {
        try (TestServer ordinary = TestServer.start(TestSite.standard())) {
            ordinary.given().get(SCRIPT).then().statusCode(404);
            ordinary.given().get(EVENTS).then().statusCode(404);
            assertFalse(ordinary.given().get("/index.html").asString().contains("script"));
        }
    }

    /** The events of one stream, by whatever HTTP the suite is run over. */
    private static final class Events implements AutoCloseable {
        private final BufferedReader lines;
        private final HttpResponse<java.io.InputStream> response;

        Events(TestServer server, String query, String... fields) throws IOException, InterruptedException {
            boolean h2 = E2eTransport.current() == E2eTransport.H2;
            HttpClient.Builder client =
                    HttpClient.newBuilder().version(h2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
            if (E2eTransport.current() != E2eTransport.CLEAR) {
                client.sslContext(E2eTransport.current().trusting());
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(EVENTS + query));
            if (fields.length > 0) {
                request.headers(fields);
            }
            response = client.build().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The fields of the next event, its lines joined; empty at the end of the stream. */
        Optional<String> next() throws IOException {
            List<String> event = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    return Optional.of(String.join(" ", event));
                }
                event.add(line);
            }
            return Optional.empty();
        }

        /** What changed next: page or style. */
        String kind() throws IOException {
            String event = next().orElseThrow();
            while (!event.contains("data: ")) {
                event = next().orElseThrow();
            }
            return event.substring(event.indexOf("data: ") + "data: ".length());
        }

        /** The version that it begins by. */
        String begin() throws IOException {
            Matcher matcher = Pattern.compile("retry: \\d+ id: (.+)").matcher(next().orElseThrow());
            assertTrue(matcher.matches());
            return matcher.group(1);
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void events_fileChanged_tellWhatToDo() throws Exception {
        try (Events events = new Events(server, "")) {
            assertEquals(200, events.response.statusCode());
            assertEquals(
                    "no-store",
                    events.response.headers().firstValue("Cache-Control").orElse(""));
            events.begin();
            Files.writeString(server.site().at("/style.css"), "p { color: blue }");
            assertEquals("style", events.kind());
            Files.createDirectories(server.site().at("/new/folder/"));
            assertEquals("page", events.kind());
            Files.writeString(server.site().at("/new/folder/other.html"), "<p>");
            assertEquals("page", events.kind());
        }
        Served served = await(EVENTS);
        assertEquals("copy", served.ioPath());
    }

    private static Served await(String path) {
        List<Served> seen = new ArrayList<>();
        return Await.present("the record of " + path, () -> {
            for (var node :
                    server.admin().get("/api/requests?limit=1&path=" + path).get("requests")) {
                seen.add(new Served(
                        node.get("id").asLong(),
                        "",
                        "",
                        "",
                        path,
                        node.get("status").asInt(),
                        node.get("planned").asString(),
                        node.get("ioPath").asString(),
                        node.get("reason").asString(),
                        node.get("bytes").asLong(),
                        0,
                        true));
            }
            return seen.stream().findAny();
        });
    }

    @Test
    void events_sinceAVersion_tellWhatWasMissed() throws Exception {
        String version = version();
        try (Events events = new Events(server, "?since=" + version)) {
            assertEquals(version, events.begin());
            Files.writeString(server.site().at("/missed.css"), "p {}");
            assertEquals("style", events.kind());
        }
        try (Events events = new Events(server, "?since=" + version)) {
            assertNotEquals(version, events.begin());
            assertEquals("style", events.kind());
            Files.writeString(server.site().at("/missed.html"), "<p>");
            assertEquals("page", events.kind());
        }
        for (String older : List.of(version, "another-7", "nonsense")) {
            try (Events events = new Events(server, "?since=ignored", "Last-Event-ID", older)) {
                events.begin();
                assertEquals("page", events.kind());
            }
        }
    }

    private static String version() {
        Matcher matcher = ELEMENT.matcher(server.given().get("/page.html").asString());
        assertTrue(matcher.find());
        return matcher.group(1);
    }

    @Test
    void events_moreStreamsThanThereMayBe_endTheOldest() throws Exception {
        List<Events> all = new ArrayList<>();
        try {
            for (int i = 0; i <= 64; i++) {
                all.add(new Events(server, ""));
                all.get(i).begin();
            }

            assertEquals(Optional.empty(), all.get(0).next());
            Files.writeString(server.site().at("/many.html"), "<p>");
            assertEquals("page", all.get(1).kind());
            assertEquals("page", all.get(64).kind());
        } finally {
            all.forEach(Events::close);
        }
    }

    /** Far less than the half minute that a stop waits for what is under way. */
    @Test
    void stop_streamsOpen_endsThemAndDoesNotWait() throws Exception {
        try (TestServer other = TestServer.start(TestSite.standard(), "sites[0].dev=true");
                Events events = new Events(other, "")) {
            events.begin();

            assertTimeoutPreemptively(Await.PATIENCE, other::stop);

            assertEquals(Optional.empty(), events.next());
        }
    }

    /** A stream has nothing to say most of the time: its client is not to blame for that. */
    @Test
    void events_idleForLongerThanAWriteMayWait_goOn() throws Exception {
        try (TestServer other = TestServer.start(
                        TestSite.standard(), "sites[0].dev=true", "limits.writeTimeout=1s", "limits.idleTimeout=1s");
                Events events = new Events(other, "")) {
            events.begin();
            long until = System.nanoTime() + 4_000_000_000L;
            Await.present("4 s", () -> Optional.of(1).filter(one -> System.nanoTime() > until));

            Files.writeString(other.site().at("/late.html"), "<p>");

            assertEquals("page", events.kind());
        }
    }

    @Test
    void reload_siteNoLongerServedSo_endsItsStreamsAndItsScript() throws Exception {
        try (TestServer other = TestServer.startConfigured(TestSite.standard(), "sites: [{dev: true}]");
                Events events = new Events(other, "")) {
            events.begin();

            other.reload("sites: [{dev: false}]");

            assertEquals(Optional.empty(), events.next());
            other.given().get(SCRIPT).then().statusCode(404);
            assertFalse(other.given().get("/index.html").asString().contains("reload.js"));
        }
    }
}
