package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationProblemsTest {
    private static final String SIZE = "a size such as 32KiB, 16 KiB to 1 MiB";

    @TempDir
    private Path directory;

    private ConfigurationLoader loader;

    @BeforeEach
    void setUp() {
        loader = new ConfigurationLoader(directory, Map.of("API_URL", "https://api.example"));
    }

    static Stream<Arguments> oneProblem() {
        return Stream.of(
                // types and bounds
                Arguments.of(
                        "limits:\n  headerSize: 12 potatoes\n",
                        "2:15: limits.headerSize: \"12 potatoes\" (expected: " + SIZE + ")"),
                Arguments.of(
                        "limits: {headerSize: 2MiB}", "1:22: limits.headerSize: \"2MiB\" (expected: " + SIZE + ")"),
                Arguments.of("limits: {headerSize: }", "1:21: limits.headerSize: nothing (expected: " + SIZE + ")"),
                Arguments.of(
                        "limits: {headerSize: {a: 1}}", "1:22: limits.headerSize: a mapping (expected: " + SIZE + ")"),
                Arguments.of(
                        "limits: {headerSize: [1, 2]}",
                        "1:22: limits.headerSize: a list of 2 (expected: " + SIZE + ")"),
                Arguments.of(
                        "limits: {idleTimeout: 60}",
                        "1:23: limits.idleTimeout: \"60\" (expected: a duration such as 30s, 100 ms to 1 d)"),
                Arguments.of(
                        "limits: {connections: 0}",
                        "1:23: limits.connections: \"0\" (expected: a whole number, 1 to 1000000)"),
                Arguments.of(
                        "limits: {connections: 99999999999999999999}",
                        "1:23: limits.connections: \"99999999999999999999\""
                                + " (expected: a whole number, 1 to 1000000)"),
                Arguments.of("limits: 12", "1:9: limits: \"12\" (expected: a mapping)"),
                Arguments.of("[1, 2]", "1:1: a list of 2 (expected: a mapping)"),
                Arguments.of("hello", "1:1: \"hello\" (expected: a mapping)"),
                Arguments.of("serverTiming: yes", "1:15: serverTiming: \"yes\" (expected: true or false)"),
                Arguments.of(
                        "io: {threads: some}",
                        "1:15: io.threads: \"some\" (expected: a number of threads, 1 to 1024, or auto)"),
                Arguments.of(
                        "cache: {memory: -1}",
                        "1:17: cache.memory: \"-1\" (expected: a size such as 64MiB, 0 B to 1024 GiB, or auto)"),
                // listeners and the admin API
                Arguments.of(
                        "listeners: [{port: 65536}]",
                        "1:20: listeners[0].port: \"65536\" (expected: a port, 0 to 65535)"),
                Arguments.of(
                        "listeners: [{host: 300.1.2.3}]",
                        "1:20: listeners[0].host: \"300.1.2.3\" (expected: an IP address or a host name)"),
                Arguments.of("listeners: []", "1:12: listeners: a list of 0 (expected: at least one listener)"),
                Arguments.of("listeners: {port: 1}", "1:12: listeners: a mapping (expected: a list of mappings)"),
                Arguments.of(
                        "admin: {listen: 8081}",
                        "1:17: admin.listen: \"8081\""
                                + " (expected: an address and a port such as 127.0.0.1:8081, or off)"),
                Arguments.of(
                        "admin: {listen: \"0.0.0.0:8081\"}",
                        "1:17: admin.listen: \"0.0.0.0:8081\""
                                + " (expected: a loopback address, or admin.tokenFile with it)"),
                Arguments.of(
                        "admin: {listen: \"example.org:8081\", tokenFile: none}",
                        "1:17: admin.listen: \"example.org:8081\""
                                + " (expected: a loopback address, or admin.tokenFile with it)"),
                Arguments.of(
                        "admin: {tokenFile: nowhere}",
                        "1:20: admin.tokenFile: \"nowhere\" (expected: a file that exists and may be read)"),
                // sites
                Arguments.of("sites: []", "1:8: sites: a list of 0 (expected: at least one site)"),
                Arguments.of(
                        "sites: [{root: gone}]", "1:16: sites[0].root: \"gone\" (expected: a directory that exists)"),
                Arguments.of(
                        "sites: [{root: site.yaml}]",
                        "1:16: sites[0].root: \"site.yaml\" (expected: a directory or zip archive; it is no zip archive, or its"
                                + " end is missing)"),
                Arguments.of(
                        "sites: [{root: \"\"}]",
                        "1:16: sites[0].root: \"\" (expected: a directory, a zip or jar archive, one on the class path, or"
                                + " auto)"),
                Arguments.of(
                        "sites: [{root: \"classpath:/none\"}]",
                        "1:16: sites[0].root: \"classpath:/none\" (expected: a directory, a zip or jar archive, one on the"
                                + " class path, or auto)"),
                Arguments.of(
                        "sites: [{index: index.html}]",
                        "1:17: sites[0].index: \"index.html\""
                                + " (expected: a list, each item a file name such as index.html)"),
                Arguments.of(
                        "sites: [{index: [a, b/c]}]",
                        "1:21: sites[0].index[1]: \"b/c\" (expected: a file name such as index.html)"),
                Arguments.of(
                        "sites: [{symlinks: some}]",
                        "1:20: sites[0].symlinks: \"some\" (expected: inside, never or always)"),
                Arguments.of(
                        "sites: [{errorPages: {404: missing.html}}]",
                        "1:28: sites[0].errorPages.404: \"missing.html\""
                                + " (expected: a path in the site such as /404.html)"),
                // the other groups
                Arguments.of(
                        "cache: {directory: gone}",
                        "1:20: cache.directory: \"gone\" (expected: a directory that exists)"),
                Arguments.of(
                        "accessLog: {file: gone/access.log}",
                        "1:19: accessLog.file: \"gone/access.log\" (expected: a file in a directory that exists)"),
                Arguments.of(
                        "accessLog: {format: xml}", "1:21: accessLog.format: \"xml\" (expected: combined or json)"),
                // keys
                Arguments.of(
                        "limits:\n  headrSize: 1KiB\n",
                        "2:3: limits.headrSize: unknown key (did you mean headerSize?)"),
                Arguments.of(
                        "io:\n  color: red\n",
                        "2:3: io.color: unknown key (expected: threads, workers, sendfileChunk, directMinSize, fastPath)"),
                Arguments.of(
                        "serverTiming: true\nserverTiming: false\n",
                        "2:1: serverTiming: given twice (first: site.yaml:1:1)"),
                Arguments.of(
                        "limits: {connections: 1}\nlimits: {connections: 2}\n",
                        "2:1: limits: given twice (first: site.yaml:1:1)"),
                // YAML
                Arguments.of("io: &x {}", "1:5: io: an anchor or alias (expected: the value itself)"),
                Arguments.of("serverTiming: !!bool true", "1:15: serverTiming: a tag (expected: the value alone)"),
                Arguments.of("io: {}\n---\ncache: {}\n", "3:1: a second document (expected: one document)"),
                Arguments.of("io: {\n", "2:1: not YAML: expected the node content, but found '<stream end>'"),
                Arguments.of(
                        "io:\n\tthreads: 1\n",
                        "2:1: not YAML: found character '\\t(TAB)' that cannot start any"
                                + " token. (Do not use \\t(TAB) for indentation)"),
                Arguments.of(
                        "io: {}\n cache: {}\n",
                        "2:2: not YAML: expected <block end>, but found '<block mapping start>'"),
                Arguments.of("io: {}\n# bell \u0007\n", "2:8: not YAML: the control character U+0007"),
                Arguments.of(
                        "\"io\\e[2J\": {}\n",
                        "1:1: io\\u001b[2J: unknown key (expected: calibration, listeners, admin, sites, cache,"
                                + " compression, io, limits, accessLog, serverTiming)"),
                Arguments.of(
                        "? [a]\n: b\n",
                        "1:4: not YAML: Expected a property name (Scalar value in YAML), got this instead: +SEQ []"),
                // what is shown stays on one line and short
                Arguments.of(
                        "serverTiming: \"a\\nb\\e[0m\"",
                        "1:15: serverTiming: \"a\\u000ab\\u001b[0m\" (expected: true or false)"),
                Arguments.of(
                        "serverTiming: " + "x".repeat(101),
                        "1:15: serverTiming: \"" + "x".repeat(100) + "...\" (expected: true or false)"));
    }

    static Stream<Arguments> oneProblemOfListenersAndSites() {
        String host = "a host in lower case such as example.org, *.example.org, 127.0.0.1 or [::1]:8080, or default";
        String candidate = "a path such as {path}.html or /app.html, or a status such as =404";
        return Stream.of(
                Arguments.of(
                        "listeners: [{tls: off}]", "1:19: listeners[0].tls: \"off\" (expected: none, or a mapping)"),
                Arguments.of(
                        "listeners: [{tls: {certificate: site.yaml}}]",
                        "1:19: listeners[0].tls: no key (expected: a file with the private key in PEM)"),
                Arguments.of(
                        "listeners: [{tls: {certificate: gone, key: site.yaml}}]",
                        "1:33: listeners[0].tls.certificate: \"gone\" (expected: a file that exists and may be read)"),
                Arguments.of(
                        "listeners: [{tls: {certificate: site.yaml, key: .}}]",
                        "1:49: listeners[0].tls.key: \".\" (expected: a file that exists and may be read)"),
                Arguments.of(
                        "listeners: [{tls: []}]",
                        "1:19: listeners[0].tls: a list of 0 (expected: at least one certificate)"),
                Arguments.of(
                        "listeners: [{tls: [{certificate: site.yaml, key: gone}]}]",
                        "1:50: listeners[0].tls[0].key: \"gone\" (expected: a file that exists and may be read)"),
                Arguments.of(
                        "listeners: [{tls: {pkcs12: site.yaml}}]",
                        "1:19: listeners[0].tls: no passwordFile (expected: a file with the password of pkcs12)"),
                Arguments.of(
                        "listeners: [{tls: {pkcs12: site.yaml, passwordFile: site.yaml, key: site.yaml}}]",
                        "1:69: listeners[0].tls.key: \"site.yaml\" (expected: either pkcs12, or certificate and key)"),
                Arguments.of(
                        "listeners: [{clientCertificates: {authorities: site.yaml}}]",
                        "1:34: listeners[0].clientCertificates: a mapping (expected: none, or tls beside it)"),
                Arguments.of(
                        "listeners: [{clientCertificates: {mode: optional}}]",
                        "1:34: listeners[0].clientCertificates: no authorities"
                                + " (expected: a file with the authorities' certificates in PEM)"),
                Arguments.of(
                        "listeners: [{clientCertificates: {authorities: missing.pem}}]",
                        "1:48: listeners[0].clientCertificates.authorities: \"missing.pem\""
                                + " (expected: a file that exists and may be read)"),
                Arguments.of(
                        "listeners: [{tls: {certificate: site.yaml, key: site.yaml},"
                                + " clientCertificates: {authorities: site.yaml, mode: request}}]",
                        "1:112: listeners[0].clientCertificates.mode: \"request\" (expected: required or optional)"),
                Arguments.of("listeners: [{h2c: 1}]", "1:19: listeners[0].h2c: \"1\" (expected: true or false)"),
                Arguments.of(
                        "listeners: [{tls: {certificate: site.yaml, key: site.yaml}, h2c: true}]",
                        "1:66: listeners[0].h2c: \"true\" (expected: false beside tls, where ALPN offers HTTP/2)"),
                Arguments.of(
                        "listeners: [{redirect: http}]",
                        "1:24: listeners[0].redirect: \"http\" (expected: none or https)"),
                Arguments.of(
                        "listeners: [{redirect: https}, {port: 1}]",
                        "1:24: listeners[0].redirect: \"https\""
                                + " (expected: none, unless another listener has tls and this one has not)"),
                Arguments.of(
                        "listeners: [{redirect: https, tls: {certificate: site.yaml, key: site.yaml}}]",
                        "1:24: listeners[0].redirect: \"https\""
                                + " (expected: none, unless another listener has tls and this one has not)"),
                Arguments.of("sites: [{hosts: []}]", "1:17: sites[0].hosts: a list of 0 (expected: at least one host)"),
                Arguments.of(
                        "sites: [{hosts: [Example.org]}]",
                        "1:18: sites[0].hosts[0]: \"Example.org\" (expected: " + host + ")"),
                Arguments.of("sites: [{hosts: ['::1']}]", "1:18: sites[0].hosts[0]: \"::1\" (expected: " + host + ")"),
                Arguments.of(
                        "sites: [{hosts: ['a.example:0']}]",
                        "1:18: sites[0].hosts[0]: \"a.example:0\" (expected: " + host + ")"),
                Arguments.of(
                        "sites: [{hosts: ['a.example:65536']}]",
                        "1:18: sites[0].hosts[0]: \"a.example:65536\" (expected: " + host + ")"),
                Arguments.of(
                        "sites: [{hosts: ['a.*.example']}]",
                        "1:18: sites[0].hosts[0]: \"a.*.example\" (expected: " + host + ")"),
                Arguments.of(
                        "sites: [{hosts: ['*.0.0.1']}]",
                        "1:18: sites[0].hosts[0]: \"*.0.0.1\" (expected: " + host + ")"),
                Arguments.of(
                        "sites: [{hosts: ['default:80']}]",
                        "1:18: sites[0].hosts[0]: \"default:80\" (expected: " + host + ")"),
                Arguments.of(
                        "sites: [{hosts: [a, b]}, {hosts: [c, b]}]",
                        "1:38: sites[1].hosts: \"b\" given twice (first: site.yaml:1:21)"),
                Arguments.of(
                        "sites: [{hosts: [a, a]}]", "1:21: sites[0].hosts: \"a\" given twice (first: site.yaml:1:18)"),
                Arguments.of(
                        "sites:\n  - {hosts: [default]}\n  - {}\n",
                        "3:5: sites[1].hosts: \"default\" given twice (first: site.yaml:2:14)"),
                Arguments.of(
                        "sites: [{spa: index.html}]",
                        "1:15: sites[0].spa: \"index.html\""
                                + " (expected: a path in the site such as /404.html, or off)"),
                Arguments.of("sites: [{listing: on}]", "1:19: sites[0].listing: \"on\" (expected: html, json or off)"),
                Arguments.of("sites: [{cleanUrls: no}]", "1:21: sites[0].cleanUrls: \"no\" (expected: true or false)"),
                Arguments.of(
                        "sites: [{trailingSlash: never}]",
                        "1:25: sites[0].trailingSlash: \"never\" (expected: add, remove or keep)"),
                Arguments.of(
                        "sites: [{tryFiles: [app.html]}]",
                        "1:21: sites[0].tryFiles[0]: \"app.html\" (expected: " + candidate + ")"),
                Arguments.of(
                        "sites: [{tryFiles: ['/{name}']}]",
                        "1:21: sites[0].tryFiles[0]: \"/{name}\" (expected: " + candidate + ")"),
                Arguments.of(
                        "sites: [{tryFiles: [=200]}]",
                        "1:21: sites[0].tryFiles[0]: \"=200\" (expected: " + candidate + ")"),
                Arguments.of(
                        "sites: [{tryFiles: [=404, /a]}]",
                        "1:21: sites[0].tryFiles[0]: \"=404\" (expected: a status only as the last item)"),
                Arguments.of(
                        "sites: [{errorPages: {600: /x}}]",
                        "1:23: sites[0].errorPages: \"600\" (expected: a status from 400 to 599, or 4xx or 5xx)"),
                Arguments.of(
                        "sites: [{errorPages: {3xx: /x}}]",
                        "1:23: sites[0].errorPages: \"3xx\" (expected: a status from 400 to 599, or 4xx or 5xx)"),
                Arguments.of(
                        "sites: [{errorPages: {5xx: sorry}}]",
                        "1:28: sites[0].errorPages.5xx: \"sorry\" (expected: a path in the site such as /404.html)"),
                Arguments.of(
                        "sites: [{compression: {streaming: auto}}]",
                        "1:35: sites[0].compression.streaming: \"auto\" (expected: true or false)"),
                Arguments.of(
                        "sites: [{compression: {enabled: true}}]",
                        "1:24: sites[0].compression.enabled: unknown key (expected: streaming)"),
                Arguments.of(
                        "sites: [{rules: {deny: 404}}]",
                        "1:17: sites[0].rules: a mapping (expected: a list of mappings)"),
                Arguments.of("sites: [{rules: [deny]}]", "1:18: sites[0].rules[0]: \"deny\" (expected: a mapping)"),
                Arguments.of(
                        "compression: {enabled: br}", "1:24: compression.enabled: \"br\" (expected: true or false)"),
                Arguments.of(
                        "compression: {minSize: 16MiB}",
                        "1:24: compression.minSize: \"16MiB\" (expected: a size such as 512B, 0 B to 8 MiB)"),
                Arguments.of(
                        "compression: {codings: [deflate]}",
                        "1:25: compression.codings[0]: \"deflate\" (expected: br, zstd or gzip)"),
                Arguments.of(
                        "compression: {codings: [br, br]}",
                        "1:24: compression.codings: a list of 2 (expected: each coding once)"),
                Arguments.of(
                        "compression: {streaming: 1}", "1:26: compression.streaming: \"1\" (expected: true or false)"));
    }

    @ParameterizedTest
    @MethodSource({"oneProblem", "oneProblemOfListenersAndSites"})
    void load_faultyFile_tellsPlaceKeyValueAndExpectation(String yaml, String problem) throws IOException {
        Files.writeString(directory.resolve("site.yaml"), yaml);

        assertEquals(List.of("site.yaml:" + problem), problems(Path.of("site.yaml")));
    }

    @Test
    void load_severalFaults_tellsAllInTheOrderOfTheFile() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "serverTiming: 1\nlimitz: {}\nio:\n  threads: 0\n  a: 1\n");

        assertEquals(
                List.of(
                        "site.yaml:1:15: serverTiming: \"1\" (expected: true or false)",
                        "site.yaml:2:1: limitz: unknown key (did you mean limits?)",
                        "site.yaml:4:12: io.threads: \"0\" (expected: a number of threads, 1 to 1024, or auto)",
                        "site.yaml:5:3: io.a: unknown key (expected: threads, workers, sendfileChunk, directMinSize, fastPath)"),
                problems(Path.of("site.yaml")));
    }

    @Test
    void load_aliasOfMapping_tellsAnchorAndAlias() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "io: &io {}\ncache: *io\n");

        assertEquals(
                List.of(
                        "site.yaml:1:5: io: an anchor or alias (expected: the value itself)",
                        "site.yaml:2:8: cache: an anchor or alias (expected: the value itself)",
                        "site.yaml:2:8: cache: \"io\" (expected: a mapping)"),
                problems(Path.of("site.yaml")));
    }

    @Test
    void load_deeplyNestedFile_isRefusedWithoutExhaustingTheStack() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "[".repeat(100_000));

        List<String> problems = problems(Path.of("site.yaml"));

        assertEquals(1, problems.size());
        assertEquals("site.yaml:1:", problems.get(0).substring(0, 12));
    }

    @Test
    void load_missingFile_tellsSo() {
        assertEquals(
                List.of("conf/none.yaml: no such file (expected: a YAML file that can be read)"),
                problems(Path.of("conf/none.yaml")));
    }

    @Test
    void load_directory_tellsSo() throws IOException {
        Files.createDirectory(directory.resolve("conf"));

        assertEquals(List.of("conf: a directory (expected: a YAML file that can be read)"), problems(Path.of("conf")));
    }

    @Test
    void load_fileOfOneMebibyteAndOneByte_isTooLarge() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "#".repeat(1024 * 1024 + 1));

        assertEquals(List.of("site.yaml: too large (expected: at most 1 MiB)"), problems(Path.of("site.yaml")));
    }

    @Test
    void load_notUtf8_tellsSo() throws IOException {
        Files.write(directory.resolve("site.yaml"), new byte[] {'#', (byte) 0xC3, '\n'});

        assertEquals(
                List.of("site.yaml: not UTF-8 (expected: a YAML file that can be read)"),
                problems(Path.of("site.yaml")));
    }

    private List<String> problems(Path file) {
        return assertThrows(ConfigurationException.class, () -> loader.load(file, List.of(), List.of()))
                .problems();
    }
}
