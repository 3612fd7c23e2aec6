package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read twice is equal, in every part: by that a reload knows what has stayed as it was. */
class SameConfigurationTest {
    private static final String ALL = """
            listeners: [{host: "::1", port: 1}]
            admin: {listen: "127.0.0.1:2"}
            cache: {memory: 1MiB, maxFileSize: 1KiB, revalidate: 2s, watch: false}
            compression: {minSize: 1KiB, codings: [gzip], streaming: true}
            io: {threads: 1, workers: 2, sendfileChunk: 1MiB, directMinSize: 1GiB, fastPath: false}
            limits: {connections: 5, idleTimeout: 3s}
            accessLog: {file: "log", format: json}
            calibration: {maxFileSize: 4KiB, sendfileChunk: none, directMinSize: none}
            serverTiming: true
            sites:
              - hosts: [a.example, "*.b.example"]
                index: [i.html]
                symlinks: always
                hide: false
                spa: /i.html
                listing: json
                cleanUrls: true
                trailingSlash: keep
                tryFiles: ["{path}", "=410"]
                errorPages: {404: /n.html, 5xx: /e.html}
                compression: {streaming: false}
                rules:
                  - match: {path: ["/p/*"], extension: [css], method: [GET]}
                    headers: {set: {X-A: "1"}, add: {X-B: "2"}, remove: [X-C]}
                    cache: 1h
                    cors: {origins: ["https://o.example"], credentials: true}
                    auth: {realm: r, users: {anna: "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"}}
                    download: name.bin
                    rateLimit: {requests: 2, per: 1s, burst: 3}
                    bandwidth: 1MiB
                    security: {csp: "default-src 'self'"}
                    template: {nonce: NONCE_PLACEHOLDER, env: [GREETING]}
                  - redirect: {to: /x, status: 307}
                  - rewrite: /y
                  - deny: 410
                  - maintenance: 5m
            """;

    @TempDir
    private Path directory;

    private Configuration load(String yaml, String greeting) throws IOException, ConfigurationException {
        Path file = Files.writeString(directory.resolve("sluice.yaml"), yaml);
        return new ConfigurationLoader(directory, Map.of("GREETING", greeting)).load(file, List.of(), List.of());
    }

    @Test
    void load_again_isEqual() throws IOException, ConfigurationException {
        assertEquals(load(ALL, "hello"), load("# the same\n" + ALL, "hello"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-A: "1"    | X-A: "2"
            OfJnfC      | OfJnfD
            /p/*        | /p/**
            404: /n     | 404: /m
            5xx: /e     | 5xx: /f
            burst: 3    | burst: 4
            realm: r    | realm: s
            to: /x      | to: /z
            NONCE       | nonce
            hide: false | hide: true
            default-src | script-src
            per: 1s     | per: 2s
            name.bin    | other.bin
            """)
    void load_oneValueChanged_isAnother(String from, String to) throws IOException, ConfigurationException {
        assertNotEquals(
                load(ALL, "hello").sites(), load(ALL.replace(from, to), "hello").sites());
    }

    @Test
    void load_variableOfATemplateChanged_isAnother() throws IOException, ConfigurationException {
        assertNotEquals(load(ALL, "hello").sites(), load(ALL, "goodbye").sites());
    }

    @Test
    void under_otherHosts_differsInNothingElse() throws IOException, ConfigurationException {
        SiteSettings site = load(ALL, "hello").sites().get(0);
        SiteSettings moved = site.under(List.of("c.example"));

        assertEquals(List.of("c.example"), moved.hosts());
        assertEquals(site, moved.under(site.hosts()));
    }

    @Test
    void source_fileThatCannotBeReadTwice_isRefusedTheSecondTime() throws ConfigurationException {
        ConfigurationSource source =
                new ConfigurationLoader(directory, Map.of()).source(Path.of("/dev/null"), List.of(), List.of());
        source.load();

        ConfigurationException refused = assertThrows(ConfigurationException.class, source::load);
        assertEquals(
                List.of("/dev/null: no regular file (expected: a YAML file that can be read again)"),
                refused.problems());
    }
}
