package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples can be used as they stand, where they stand, and do what their comments say. */
class ExamplesTest {
    private static final Path EXAMPLES =
            Path.of("../conf/examples").toAbsolutePath().normalize();

    private final ConfigurationLoader loader = new ConfigurationLoader(EXAMPLES, Map.of());

    @Test
    void examples_allOfThem_areTestedHere() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertEquals(
                    Set.of(
                            "docs-site.yaml",
                            "spa.yaml",
                            "downloads-mirror.yaml",
                            "several-hosts.yaml",
                            "private-with-auth.yaml"),
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void docsSite_loaded_hasOneAddressForEachPage() throws ConfigurationException {
        SiteSettings site = load("docs-site.yaml").sites().get(0);

        assertTrue(site.cleanUrls());
        assertEquals(TrailingSlash.REMOVE, site.trailingSlash());
        assertEquals("/404.html", site.errorPages().page(404));
        assertEquals(
                List.of(new RedirectSettings("/$1", 308), new RedirectSettings("/start", 301)),
                present(site, RuleSettings::redirect));
        assertTrue(Files.isRegularFile(site.root().path().resolve("start.html")), "the redirect leads somewhere");
    }

    @Test
    void spa_loaded_replacesTheNonceOfPageAndPolicyAlike() throws IOException, ConfigurationException {
        SiteSettings site = load("spa.yaml").sites().get(0);

        String nonce = present(site, RuleSettings::template).get(0).nonce();
        assertEquals("/index.html", site.spa());
        assertTrue(String.valueOf(present(site, RuleSettings::security).get(0).csp())
                .contains("'nonce-" + nonce + "'"));
        assertTrue(Files.readString(site.root().path().resolve("index.html")).contains("nonce=\"" + nonce + "\""));
        assertEquals(
                List.of("public, max-age=31536000, immutable", "no-cache"),
                present(site, RuleSettings::cache).stream()
                        .map(CacheControl::fieldValue)
                        .toList());
    }

    @Test
    void downloadsMirror_loaded_listsLimitsAndNeverCompresses() throws ConfigurationException {
        Configuration configuration = load("downloads-mirror.yaml");
        SiteSettings site = configuration.sites().get(0);

        assertEquals(ListingFormat.HTML, site.listing());
        assertEquals(List.of(CorsSettings.defaults()), present(site, RuleSettings::cors));
        assertEquals(
                List.of(new RateLimitSettings(50, Duration.ofSeconds(1), 200)), present(site, RuleSettings::rateLimit));
        assertEquals(List.of(ByteSize.ofMebibytes(20)), present(site, RuleSettings::bandwidth));
        assertEquals(false, configuration.compression().enabled());
        assertEquals(50_000, configuration.limits().connections());
    }

    @Test
    void severalHosts_loaded_hasNoDefaultSite() throws ConfigurationException {
        List<SiteSettings> sites = load("several-hosts.yaml").sites();

        assertEquals(
                List.of(
                        List.of("example.org", "localhost", "127.0.0.1"),
                        List.of("www.example.org"),
                        List.of("blog.example.org"),
                        List.of("*.example.org")),
                sites.stream().map(SiteSettings::hosts).toList());
        assertEquals("/sorry.html", sites.get(2).errorPages().page(502));
        assertEquals(List.of(Duration.ofHours(1)), present(sites.get(3), RuleSettings::maintenance));
    }

    @Test
    void privateWithAuth_loaded_asksForAPasswordEverywhere() throws ConfigurationException {
        Configuration configuration = load("private-with-auth.yaml");

        RuleSettings rule = configuration.sites().get(0).rules().stream()
                .filter(each -> each.auth() != null)
                .findFirst()
                .orElseThrow();
        assertEquals(MatchSettings.always(), rule.match());
        assertEquals(
                Set.of("anna", "boris"),
                Objects.requireNonNull(rule.auth()).users().keySet());
        assertTrue(configuration.listeners().stream()
                .allMatch(listener -> listener.tls() != null || listener.host().isLoopback()));
        assertNull(configuration.listeners().get(0).tls());
    }

    private Configuration load(String name) throws ConfigurationException {
        return loader.load(EXAMPLES.resolve(name), List.of(), List.of());
    }

    private static <T> List<T> present(SiteSettings site, Function<RuleSettings, T> action) {
        return site.rules().stream().map(action).filter(Objects::nonNull).toList();
    }
}
