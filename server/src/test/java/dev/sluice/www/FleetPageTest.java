package dev.sluice.www;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.TestSite;
import dev.sluice.tls.ToolRun;
import dev.sluice.www.Peer.Running;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * {@code fleet.html}: its configurations of Sluice are taken by Sluice, those of others stand in the files that come with it, and
 * its figures in the results of the benchmark.
 */
final class FleetPageTest {
    private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
    private static final Path HAPROXY = HOUSE.resolve("conf/haproxy/haproxy.cfg");
    private static final Path DEPLOYMENT = HOUSE.resolve("conf/kubernetes/deployment.yaml");

    @TempDir
    private Path folder;

    private final TestSite site = TestSite.empty()
            .file("/index.html", "home")
            .file("/assets/app.js", "script")
            .file("/private/a.txt", "secret")
            .file("/docs/a.txt", "text");

    @AfterEach
    void tearDown() {
        site.close();
    }

    private static Page page() throws Exception {
        return Page.read(HOUSE.resolve("www/fleet.html"));
    }

    /** The snippets with an id, which say what they are for. */
    private static Map<String, String> snippets() throws Exception {
        Map<String, String> snippets = new TreeMap<>();
        for (Element pre : page().named("pre")) {
            if (pre.hasAttribute("id")) {
                snippets.put(pre.getAttribute("id"), pre.getTextContent());
            }
        }
        return snippets;
    }

    private static Stream<String> ids(String suffix) throws Exception {
        return snippets().keySet().stream().filter(id -> id.endsWith(suffix));
    }

    static Stream<String> sluices() throws Exception {
        return ids("-sluice");
    }

    static Stream<String> proxies() throws Exception {
        return ids("-cfg");
    }

    static Stream<String> pods() throws Exception {
        return ids("-kubernetes");
    }

    @Test
    void page_snippets_areOfTheseKinds() throws Exception {
        assertEquals(
                snippets().keySet().stream().sorted().toList(),
                Stream.of(sluices(), proxies(), pods())
                        .flatMap(each -> each)
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("sluices")
    void snippet_ofSluice_isTaken(String id) throws Exception {
        assertEquals("", Peer.SLUICE.checked(folder, here(snippets().get(id))));
    }

    @ParameterizedTest
    @MethodSource("proxies")
    void snippet_ofHaProxy_standsInItsConfiguration(String id) throws Exception {
        assertContains(HAPROXY, snippets().get(id));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void snippet_ofKubernetes_standsInTheDeployment(String id) throws Exception {
        assertContains(DEPLOYMENT, snippets().get(id));
    }

    private static void assertContains(Path file, String part) throws Exception {
        String text = Files.readString(file);
        assertTrue(text.contains(part), () -> "not in " + file + ":\n" + part);
    }

    @Test
    void haProxy_ofTheConfiguration_hasNoRemark() throws Exception {
        ToolRun run = ToolRun.of(folder, 60, "haproxy", "-c", "-f", HAPROXY.toString());

        assertEquals("Configuration file is valid", run.said().strip());
        assertEquals(0, run.exitCode());
    }

    /** What the configuration file of HAProxy says of Sluice is what the page says. */
    @Test
    void haProxy_commentsOnSluice_areTaken() throws Exception {
        StringBuilder yaml = new StringBuilder();
        Files.readString(HAPROXY)
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .filter(line -> line.startsWith("#   "))
                .forEach(line -> yaml.append(line.substring("#   ".length())).append('\n'));

        assertTrue(yaml.toString().contains("tokenFile"), yaml::toString);
        assertEquals("", Peer.SLUICE.checked(folder, here(yaml.toString())));
    }

    @Test
    void cdn_ofThePage_isToldWhatToKeep() throws Exception {
        try (Running server = Peer.SLUICE.started(folder, here(snippets().get("cdn-sluice")))) {
            String pages = "max-age=0, must-revalidate, s-maxage=86400, stale-while-revalidate=60";
            assertEquals(pages, get(server, "/").getHeader("Cache-Control"));
            assertEquals(
                    "public, max-age=31536000, immutable",
                    get(server, "/assets/app.js").getHeader("Cache-Control"));
            assertEquals("private, no-cache", get(server, "/private/a.txt").getHeader("Cache-Control"));
            assertEquals("no-store", get(server, "/gone").getHeader("Cache-Control"));
            Response again = RestAssured.given()
                    .header("If-None-Match", get(server, "/").getHeader("ETag"))
                    .get(server.uri());
            assertEquals(304, again.statusCode());
            assertEquals(pages, again.getHeader("Cache-Control"));
        }
    }

    @Test
    void surrogate_ofThePage_isOnErrorsToo() throws Exception {
        try (Running server = Peer.SLUICE.started(folder, here(snippets().get("surrogate-sluice")))) {
            for (String path : List.of("/docs/a.txt", "/docs/gone")) {
                assertEquals("max-age=86400", get(server, path).getHeader("Surrogate-Control"), path);
                assertEquals("docs", get(server, path).getHeader("Surrogate-Key"), path);
            }
            assertEquals("no-store", get(server, "/docs/gone").getHeader("Cache-Control"));
        }
    }

    /** With the site and a token of this test. */
    private String here(String snippet) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef");
        return snippet.replace("/srv/www", site.root().toString()).replace("/etc/sluice/admin-token", token.toString());
    }

    private static Response get(Running server, String path) {
        return RestAssured.get(server.uri().resolve(path));
    }

    @Test
    void costs_ofThePage_areThoseOfTheBenchmark() throws Exception {
        List<String> results = Files.readAllLines(HOUSE.resolve("server/bench/results/latest.md"));
        int compared = 0;
        for (Element row : page().named("tr")) {
            Element figure = figure(row);
            if (figure != null) {
                String scenario = row.getElementsByTagName("code").item(0).getTextContent();
                assertEquals(measured(results, scenario), figure.getTextContent(), scenario);
                compared++;
            }
        }
        assertTrue(compared > 3, "hardly any");
    }

    private static Element figure(Element row) {
        Element span = (Element) row.getElementsByTagName("span").item(0);
        return span != null && span.getAttribute("class").equals("figure") ? span : null;
    }

    /** The first figure of Sluice's row in the table of a scenario. */
    private static String measured(List<String> results, String scenario) {
        return results.stream()
                .dropWhile(line -> !line.startsWith("### " + scenario + ":"))
                .filter(line -> line.startsWith("| sluice |"))
                .findFirst()
                .map(line -> line.split("\\|", -1)[2].strip().split(" ", -1)[0])
                .orElse("no such scenario");
    }
}
