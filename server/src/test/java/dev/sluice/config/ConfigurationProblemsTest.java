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
    private static final String SIZE = "a size such as 16KiB, 1 KiB to 1 MiB";

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
                        "1:16: sites[0].root: \"site.yaml\" (expected: a directory, not a file)"),
                Arguments.of("sites: [{root: \"\"}]", "1:16: sites[0].root: \"\" (expected: a directory, or auto)"),
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
                        "2:3: io.color: unknown key (expected: threads, workers, sendfileChunk)"),
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

    @ParameterizedTest
    @MethodSource("oneProblem")
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
                        "site.yaml:5:3: io.a: unknown key (expected: threads, workers, sendfileChunk)"),
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
