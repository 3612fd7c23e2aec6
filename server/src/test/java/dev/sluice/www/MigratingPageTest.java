package dev.sluice.www;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.e2e.TestSite;
import dev.sluice.tls.TestCertificate;
import dev.sluice.www.Peer.Running;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * {@code migrating.html}: each configuration on it is taken by its server, and where the three of a topic are said to do the
 * same, all three servers are asked.
 */
final class MigratingPageTest {
    private static final Path PAGE =
            Path.of("..", "www", "migrating.html").toAbsolutePath().normalize();

    private static final RestAssuredConfig PLAIN = RestAssuredConfig.config()
            .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());

    private static final Set<Peer> ALL = EnumSet.allOf(Peer.class);
    private static final Set<Peer> OTHERS = EnumSet.of(Peer.NGINX, Peer.CADDY);
    private static final Set<Peer> SLUICE = EnumSet.of(Peer.SLUICE);

    /** Where the certificates of the page lie. */
    private static final String CERTIFICATES = "/etc/ssl/site";

    /** What stands for the body among the fields. */
    private static final String BODY = "body";

    /**
     * A question to some of the servers.
     *
     * @param field a part of whose value is told, or {@link #BODY}
     */
    private record Ask(String topic, Set<Peer> peers, String path, int status, String field, String part) {}

    private static final List<Ask> ASKS = List.of(
            new Ask("root", ALL, "/", 200, BODY, "home"),
            new Ask("root", ALL, "/old/", 200, BODY, "an index by another name"),
            new Ask("try-files", ALL, "/", 200, BODY, "home"),
            new Ask("try-files", ALL, "/about", 200, BODY, "about us"),
            new Ask("try-files", ALL, "/assets/app.js", 200, BODY, "script"),
            new Ask("try-files", ALL, "/gone", 404, BODY, ""),
            new Ask("spa", ALL, "/orders/7", 200, BODY, "home"),
            new Ask("spa", ALL, "/assets/app.js", 200, BODY, "script"),
            new Ask("spa", OTHERS, "/assets/gone.js", 200, BODY, "home"),
            new Ask("spa", SLUICE, "/assets/gone.js", 404, BODY, ""),
            new Ask("error-pages", ALL, "/gone", 404, BODY, "lost"),
            new Ask("headers", ALL, "/", 200, "X-Frame-Options", "DENY"),
            new Ask("headers", ALL, "/assets/app.js", 200, "X-Frame-Options", "DENY"),
            new Ask("headers", ALL, "/assets/app.js", 200, "Cache-Control", "public, max-age=3600"),
            new Ask("redirects", ALL, "/old.html", 301, "Location", "/new.html"),
            new Ask("redirects", ALL, "/blog/2026/a.html", 301, "Location", "/news/2026/a.html"),
            new Ask("compression", ALL, "/style.css", 200, "Content-Encoding", "gzip"),
            new Ask("compression", ALL, "/style.css", 200, "Vary", "Accept-Encoding"),
            new Ask("listing", ALL, "/assets/", 200, BODY, "app.js"),
            new Ask("hidden", ALL, "/assets/app.js", 200, BODY, "script"),
            new Ask("hidden", ALL, "/.git/config", 404, BODY, ""),
            new Ask("hidden", ALL, "/dump.sql", 404, BODY, ""),
            new Ask("tls", EnumSet.of(Peer.NGINX, Peer.SLUICE), "/a?b=1", 301, "Location", "https://example.org"),
            new Ask("limits", ALL, "/", 200, BODY, "home"));

    @TempDir
    private Path folder;

    private final TestSite site = TestSite.empty()
            .file("/index.html", "home")
            .file("/old/index.htm", "an index by another name")
            .file("/about.html", "about us")
            .file("/lost.html", "lost")
            .file("/assets/app.js", "script")
            .file("/style.css", "p{color:red}\n".repeat(200))
            .file("/style.css.gz", "as good as coded")
            .file("/.git/config", "secret")
            .file("/dump.sql", "secret");

    @AfterEach
    void tearDown() {
        site.close();
    }

    private static Page page() throws Exception {
        return Page.read(PAGE);
    }

    /** What stands on the page, with the site and the certificate of this test. */
    private String snippet(String topic, Peer peer) throws Exception {
        Element pre = page().named("pre").stream()
                .filter(each -> each.getAttribute("id").equals(topic + peer.suffix()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(topic + peer.suffix() + " is not on the page"));
        String text = pre.getTextContent().replace("/srv/www", site.root().toString());
        if (!text.contains(CERTIFICATES)) {
            return text;
        }
        TestCertificate.ec("example.org").writeTo(folder);
        return text.replace(CERTIFICATES, folder.toString());
    }

    private static Set<String> topics() {
        return ASKS.stream().map(Ask::topic).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Stream<Arguments> snippets() {
        return topics().stream().flatMap(topic -> ALL.stream().map(peer -> Arguments.of(topic, peer)));
    }

    static Stream<Arguments> asked() {
        return snippets()
                .filter(each -> ASKS.stream()
                        .anyMatch(ask ->
                                ask.topic().equals(each.get()[0]) && ask.peers().contains((Peer) each.get()[1])));
    }

    @Test
    void page_snippets_areTestedHere() throws Exception {
        List<String> expected = new ArrayList<>();
        for (String topic : topics()) {
            for (Peer peer : ALL) {
                expected.add(topic + peer.suffix());
            }
        }
        assertEquals(
                expected,
                page().named("pre").stream().map(pre -> pre.getAttribute("id")).toList());
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void snippet_checkedByItsServer_isRight(String topic, Peer peer) throws Exception {
        assertEquals("", peer.checked(folder, snippet(topic, peer)));
    }

    @ParameterizedTest
    @MethodSource("asked")
    void server_startedByASnippet_answersAsThePageSays(String topic, Peer peer) throws Exception {
        int asked = 0;
        try (Running server = peer.started(folder, snippet(topic, peer))) {
            for (Ask ask : ASKS) {
                if (ask.topic().equals(topic) && ask.peers().contains(peer)) {
                    assertAnswer(server, ask);
                    asked++;
                }
            }
        }
        assertTrue(asked > 0);
    }

    private static void assertAnswer(Running server, Ask ask) {
        ValidatableResponse answer = RestAssured.given()
                .config(PLAIN)
                .baseUri(server.uri().toString())
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .header("Host", "example.org")
                .header("Accept", "text/html, */*;q=0.1")
                .header("Accept-Encoding", "gzip")
                .get(ask.path())
                .then();
        assertEquals(ask.status(), usual(answer.extract().statusCode()), ask.toString());
        if (ask.field().equals(BODY)) {
            answer.body(containsString(ask.part()));
        } else {
            answer.header(ask.field(), containsString(ask.part()));
        }
    }

    /** Permanent is permanent: 308 is 301 for every method (RFC 9110 §15.4.9). */
    private static int usual(int status) {
        return status == 308 ? 301 : status;
    }

    @Test
    void limits_ofThePage_areTheDefaults() throws Exception {
        Configuration defaults = new ConfigurationLoader(folder, Map.of()).load(null, List.of(), List.of());
        assertEquals(
                defaults.limits(),
                Peer.load(folder, snippet("limits", Peer.SLUICE), List.of()).limits());
    }
}
