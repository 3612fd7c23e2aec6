package dev.sluice.admin;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.specification.RequestSpecification;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
    private static final Path SOURCES = Path.of("src/main/resources/dev/sluice/admin/dashboard");

    private static final Pattern IMPORT = Pattern.compile("from '\\./([a-z]+\\.js)'");

    private static final AtomicReference<HttpHandler> handler = new AtomicReference<>(ResponseCodeHandler.HANDLE_404);

    private static final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1", exchange -> handler.get().handleRequest(exchange))
            .build();

    private static int port;

    @BeforeAll
    static void start() {
        server.start();
        port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8, <title>Sluice",
        "/dashboard/style.css, text/css; charset=utf-8, prefers-color-scheme",
        "/dashboard/main.js, text/javascript; charset=utf-8, api/stats",
        "/dashboard/icon.svg, image/svg+xml; charset=utf-8, <svg",
    })
    void get_file_isSentWithItsTypeAndAStrictPolicy(String path, String type, String part) {
        admin(null)
                .get(path)
                .then()
                .statusCode(200)
                .header("Content-Type", type)
                .header("Content-Security-Policy", containsString("default-src 'none'; script-src 'self'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .body(containsString(part));
    }

    @Test
    void head_page_hasTheFieldsAndNoBody() {
        admin(null)
                .head("/")
                .then()
                .statusCode(200)
                .header("Content-Length", Integer::parseInt, greaterThan(1_000))
                .body(blankOrNullString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void other_page_isA405WithAllow(String method) {
        admin(null)
                .request(method, "/")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD")
                .body("detail", equalTo(method + " / (expected: GET or HEAD)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard",
                "/dashboard/",
                "/dashboard/index.html",
                "/dashboard/nope.js",
                "/dashboard/../Dashboard.class",
                "/dashboard/%2e%2e/Dashboard.class",
            })
    void get_whatIsNotListed_isA404(String path) {
        admin(null).urlEncodingEnabled(false).get(path).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dashboard/api.js"})
    void get_tokenSetAndNoneGiven_isSent(String path) {
        admin("s3cret").get(path).then().statusCode(200).header("WWW-Authenticate", nullValue());
    }

    @Test
    void get_nameAsHostAndNoToken_isA403() {
        admin(null).header("Host", "evil.example").get("/").then().statusCode(403);
    }

    /** A file that is forgotten in the list would be missing in the browser only. */
    @Test
    void files_onDisk_areThoseListed() throws IOException {
        List<String> missing =
                names().filter(name -> !Dashboard.holds("/dashboard/" + name)).toList();

        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("names")
    void file_everyReference_isToAFileThatIsSent(String name) throws IOException {
        Set<String> wanted = matches(IMPORT, Files.readString(SOURCES.resolve(name)));
        RequestSpecification admin = admin(null);

        given(admin).get("/dashboard/" + name).then().statusCode(200);
        for (String imported : wanted) {
            given(admin).get("/dashboard/" + imported).then().statusCode(200);
        }
    }

    /** Each module is there because another one needs it. */
    @Test
    void modules_all_areReachedFromThePage() throws IOException {
        Set<String> reached = new TreeSet<>(Set.of("main.js"));
        for (boolean more = true; more; ) {
            more = false;
            for (String name : List.copyOf(reached)) {
                more |= reached.addAll(matches(IMPORT, Files.readString(SOURCES.resolve(name))));
            }
        }

        assertEquals(
                names().filter(name -> name.endsWith(".js")).collect(Collectors.toCollection(TreeSet::new)), reached);
    }

    /** What the policy would refuse, so that the browser would say so in its console. */
    @Test
    void page_markup_holdsNoScriptNoStyleAndNothingFromElsewhere() throws IOException {
        String page = Files.readString(SOURCES.resolve("index.html"));

        assertFalse(Pattern.compile("<style|\\sstyle=|\\son[a-z]+=|javascript:|https?://|//[a-z]")
                .matcher(page)
                .find());
        assertEquals(
                Set.of("dashboard/main.js", "dashboard/style.css", "dashboard/icon.svg"),
                matches(Pattern.compile("(?:src|href)=\"(dashboard/[^\"]+)\""), page));
        assertEquals(
                1, matches(Pattern.compile("<script([^>]*)></script>"), page).size());
    }

    /** Paths are chosen by strangers. */
    @ParameterizedTest
    @MethodSource("names")
    void file_everyModule_makesNoMarkupOfText(String name) throws IOException {
        String source = Files.readString(SOURCES.resolve(name));

        assertFalse(Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function")
                .matcher(source)
                .find());
    }

    /** The page calls every element that it wants by an id. */
    @Test
    void ids_thatModulesAskFor_areInThePage() throws IOException {
        Set<String> ids =
                matches(Pattern.compile("\\sid=\"([^\"]+)\""), Files.readString(SOURCES.resolve("index.html")));
        Set<String> asked = new TreeSet<>();
        for (String name : names().toList()) {
            asked.addAll(matches(Pattern.compile("byId\\('([^']+)'\\)"), Files.readString(SOURCES.resolve(name))));
        }

        asked.removeAll(ids);

        assertTrue(asked.isEmpty(), asked::toString);
    }

    /** The page says in words what the server says in tokens. */
    @Test
    void reasons_everyTokenOfTheServer_isPutIntoWords() throws IOException {
        String words = Files.readString(SOURCES.resolve("reasons.js"));
        Path java = Path.of("src/main/java/dev/sluice");
        Set<String> tokens = new TreeSet<>();
        for (String source : List.of("plan/Reasons.java", "serve/Reasons.java")) {
            tokens.addAll(matches(Pattern.compile(" = \"([a-z-]+)\";"), Files.readString(java.resolve(source))));
        }
        tokens.addAll(matches(
                Pattern.compile(" [A-Z0-9]+\\(\"([a-z0-9]+)\"\\)"),
                Files.readString(java.resolve("serve/Carrier.java"))));

        tokens.removeIf(token ->
                Pattern.compile("(?m)^ {2}'?" + token + "'?: ").matcher(words).find());

        assertTrue(tokens.isEmpty(), tokens::toString);
    }

    private static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("index.html"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }

    private static RequestSpecification admin(@Nullable String token) {
        FakePorts ports = new FakePorts();
        AdminPorts known = (token == null ? ports : ports.token(token)).ports();
        handler.set(new AdminHandler(known));
        return given().baseUri("http://127.0.0.1").port(port);
    }
}
