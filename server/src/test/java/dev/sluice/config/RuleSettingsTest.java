package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules mean: short forms, defaults and values. */
class RuleSettingsTest {
    @TempDir
    private Path directory;

    private ConfigurationLoader loader;

    @BeforeEach
    void setUp() {
        loader = new ConfigurationLoader(directory, Map.of());
    }

    @Test
    void match_absent_isAlways() throws ConfigurationException {
        assertEquals(MatchSettings.always(), rule("{deny: 404}").match());
    }

    @Test
    void match_scalarsAndLists_areReadAlike() throws ConfigurationException {
        MatchSettings expected = new MatchSettings(List.of("/a/**"), List.of("js"), List.of("GET"), List.of("text/*"));

        assertEquals(
                expected,
                rule("{match: {path: '/a/**', extension: JS, method: GET, type: Text/*}, cache: 1h}")
                        .match());
        assertEquals(
                expected,
                rule("{match: {path: ['/a/**'], extension: [js], method: [GET], type: [text/*]}, cache: 1h}")
                        .match());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no-store              | no-store
            no-cache              | no-cache
            revalidate            | max-age=0, must-revalidate
            immutable             | public, max-age=31536000, immutable
            1h                    | public, max-age=3600
            365d                  | public, max-age=31536000
            '"private, no-cache"' | private, no-cache
            s-maxage=5            | s-maxage=5
            """)
    void cache_eachForm_hasItsFieldValue(String text, String fieldValue) throws ConfigurationException {
        CacheControl cache = rule("{cache: " + text + "}").cache();

        assertEquals(new CacheControl(text.replace("\"", ""), fieldValue), cache);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/new",
                "/",
                "/new/$1?a=b#c",
                "https://example.org",
                "http://example.org:8080/$1",
                "https://[::1]/$$5"
            })
    void redirect_shortForm_is308(String to) throws ConfigurationException {
        assertEquals(
                new RedirectSettings(to, 308),
                rule("{match: {path: '/old/**'}, redirect: \"" + to + "\"}").redirect());
    }

    @Test
    void redirect_mapping_hasItsStatus() throws ConfigurationException {
        assertEquals(
                new RedirectSettings("/x", 301),
                rule("{redirect: {to: /x, status: 301}}").redirect());
    }

    @Test
    void rewrite_moreWildcardsThanDigits_reachesTheNinth() throws ConfigurationException {
        assertEquals(
                "/$9$10",
                rule("{match: {path: '/?/?/?/?/?/?/?/?/*/**'}, rewrite: /$9$10}")
                        .rewrite());
    }

    @Test
    void cors_short_isEverybodyWithoutCredentials() throws ConfigurationException {
        CorsSettings everybody = new CorsSettings(
                List.of("*"), List.of("GET", "HEAD"), List.of(), List.of(), false, Duration.ofMinutes(10));

        assertEquals(everybody, rule("{cors: true}").cors());
        assertEquals(everybody, rule("{cors: {}}").cors());
    }

    @Test
    void cors_mapping_isReadKeyByKey() throws ConfigurationException {
        assertEquals(
                new CorsSettings(
                        List.of("https://a.example", "http://localhost:3000"),
                        List.of("PUT"),
                        List.of("X-A"),
                        List.of("X-B"),
                        true,
                        Duration.ZERO),
                rule("{cors: {origins: [https://a.example, 'http://localhost:3000'], methods: [PUT], headers: [X-A],"
                                + " expose: [X-B], credentials: true, maxAge: 0s}}")
                        .cors());
    }

    @ParameterizedTest
    @CsvSource({"true, 403", "403, 403", "404, 404", "410, 410"})
    void deny_eachForm_hasItsStatus(String deny, int status) throws ConfigurationException {
        assertEquals(Integer.valueOf(status), rule("{deny: " + deny + "}").deny());
    }

    @Test
    void rateLimit_requestsAlone_burstsAsManyInASecond() throws ConfigurationException {
        assertEquals(
                new RateLimitSettings(7, Duration.ofSeconds(1), 7),
                rule("{rateLimit: {requests: 7}}").rateLimit());
        assertEquals(
                new RateLimitSettings(7, Duration.ofMinutes(1), 9),
                rule("{rateLimit: {requests: 7, per: 1m, burst: 9}}").rateLimit());
    }

    @Test
    void download_trueOrName_isTheFilesOwnOrThatName() throws ConfigurationException {
        assertEquals(new DownloadSettings(null), rule("{download: true}").download());
        assertEquals(
                new DownloadSettings("r\u00e9sum\u00e9.pdf"),
                rule("{download: r\u00e9sum\u00e9.pdf}").download());
    }

    @Test
    void security_short_isTheStrictPreset() throws ConfigurationException {
        SecuritySettings preset = new SecuritySettings(
                SecuritySettings.Frame.DENY, "strict-origin-when-cross-origin", Duration.ofDays(365), null);

        assertEquals(preset, rule("{security: true}").security());
        assertEquals(preset, rule("{security: {}}").security());
    }

    @Test
    void security_mapping_isReadKeyByKey() throws ConfigurationException {
        assertEquals(
                new SecuritySettings(SecuritySettings.Frame.OFF, "origin", null, "default-src 'self'"),
                rule("{security: {frame: off, referrer: origin, hsts: off, csp: \"default-src 'self'\"}}")
                        .security());
    }

    @Test
    void headers_eachEdit_keepsTheOrderAndSpellingOfTheFile() throws ConfigurationException {
        HeaderEdits edits = rule("{headers: {set: {X-b: 1, x-A: ''}, add: {Vary: Cookie}, remove: [Server]}}")
                .headers();

        assertEquals(
                new HeaderEdits(Map.of("X-b", "1", "x-A", ""), Map.of("Vary", "Cookie"), List.of("Server")), edits);
        assertEquals(List.of("X-b", "x-A"), List.copyOf(edits.set().keySet()));
    }

    @Test
    void maintenanceAndBandwidth_areDurationAndSize() throws ConfigurationException {
        RuleSettings rule = rule("{maintenance: 10m, bandwidth: 1MiB}");

        assertEquals(Duration.ofMinutes(10), rule.maintenance());
        assertEquals(ByteSize.ofMebibytes(1), rule.bandwidth());
    }

    @Test
    void errorPages_ownPage_winsOverThatOfItsClass() {
        ErrorPages pages = new ErrorPages(Map.of(404, "/404.html"), Map.of(4, "/4xx.html"));

        assertEquals("/404.html", pages.page(404));
        assertEquals("/4xx.html", pages.page(403));
        assertEquals(null, pages.page(500));
    }

    @Test
    void streaming_ofSite_winsOverTheServers() {
        CompressionSettings off = CompressionSettings.defaults();

        assertEquals(true, new SiteCompressionSettings(true).streaming(off));
        assertEquals(false, new SiteCompressionSettings(null).streaming(off));
    }

    private RuleSettings rule(String yaml) throws ConfigurationException {
        return loader.load(null, List.of(), List.of("sites[0].rules=[" + yaml + "]"))
                .sites()
                .get(0)
                .rules()
                .get(0);
    }
}
