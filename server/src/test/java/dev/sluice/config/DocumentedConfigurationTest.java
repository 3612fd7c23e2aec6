package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documented file, the code's defaults and the printed configuration have the same keys; and each key is read into
 * its own place.
 */
class DocumentedConfigurationTest {
    private static final Path DOCUMENTED = Path.of("../conf/sluice.yaml").toAbsolutePath();

    private final ObjectMapper json = new JsonMapper();

    @TempDir
    private Path directory;

    private ConfigurationLoader loader;

    @BeforeEach
    void setUp() throws IOException {
        loader = new ConfigurationLoader(directory, Map.of("API_URL", "https://api.example"));
        Files.createDirectory(directory.resolve("site"));
        Files.writeString(directory.resolve("token"), "secret");
    }

    @Test
    void documentedFile_loaded_equalsTheDefaults() throws ConfigurationException {
        assertEquals(defaults(), print(loader.load(DOCUMENTED, List.of(), List.of())));
    }

    @Test
    void documentedFile_keys_areThoseOfTheCode() throws IOException, SyntaxException, ConfigurationException {
        Map<String, String> printed = new TreeMap<>();
        flatten(defaults(), "", printed);
        Set<String> documented = new TreeSet<>();
        String yaml = Files.readString(DOCUMENTED);
        flatten(YamlReader.read(yaml, "", (line, column) -> new Place.Assignment(), new Problems()), "", documented);

        assertEquals(printed.keySet(), documented);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    listeners[0].host          | '[::1]'           | [::1]
                    listeners[0].host          | ::1               | [::1]
                    listeners[0].port          | 0                 | 0
                    listeners[0].h2c           | true              | true
                    admin.listen               | off               | off
                    admin.listen               | localhost:0       | localhost:0
                    admin.tokenFile            | token             | DIR/token
                    sites[0].hosts[0]          | example.org       | example.org
                    sites[0].hosts[0]          | *.example.org:80  | *.example.org:80
                    sites[0].root              | site              | DIR/site
                    sites[0].index[0]          | home.html         | home.html
                    sites[0].symlinks          | never             | never
                    sites[0].symlinks          | always            | always
                    sites[0].hide              | false             | false
                    sites[0].spa               | /app.html         | /app.html
                    sites[0].listing           | html              | html
                    sites[0].listing           | json              | json
                    sites[0].cleanUrls         | true              | true
                    sites[0].trailingSlash     | remove            | remove
                    sites[0].trailingSlash     | keep              | keep
                    sites[0].errorPages.404    | /none.html        | /none.html
                    cache.memory               | 0                 | 0B
                    cache.memory               | 65536             | 64KiB
                    cache.maxFileSize          | 1 MiB             | 1MiB
                    cache.directory            | site              | DIR/site
                    cache.revalidate           | 10ms              | 10ms
                    cache.watch                | false             | false
                    compression.enabled        | false             | false
                    compression.minSize        | 0                 | 0B
                    compression.streaming      | true              | true
                    io.threads                 | 3                 | 3
                    io.workers                 | 4                 | 4
                    io.sendfileChunk           | 64KiB             | 64KiB
                    io.directMinSize           | 1MiB              | 1MiB
                    io.fastPath                | false             | false
                    limits.connections         | 5                 | 5
                    limits.connectionsPerClient | 7                | 7
                    limits.connectionsPerClient | 0                | 0
                    limits.requests            | 8                 | 8
                    limits.requests            | 0                 | 0
                    limits.headerSize          | 16KiB             | 16KiB
                    limits.handshakeTimeout    | 4s                | 4s
                    limits.headerTimeout       | 1s                | 1s
                    limits.idleTimeout         | 120s              | 2m
                    limits.writeTimeout        | 3s                | 3s
                    limits.minimumRate         | 0                 | 0B
                    limits.minimumRate         | 1KiB              | 1KiB
                    limits.idleTimeout         | 24h               | 1d
                    limits.shutdown            | 0s                | 0s
                    accessLog.file             | -                 | -
                    accessLog.file             | access.log        | DIR/access.log
                    accessLog.format           | json              | json
                    serverTiming               | true              | true
                    """)
    void set_anyKey_changesJustThatKeyOfThePrintedConfiguration(String key, String value, String expected)
            throws ConfigurationException {
        Map<String, String> before = new TreeMap<>();
        flatten(defaults(), "", before);
        Map<String, String> after = new TreeMap<>();
        String set = key + "=" + (value.startsWith("[") ? '"' + value + '"' : value);
        flatten(print(loader.load(null, List.of(), List.of(set))), "", after);

        String previous = before.put(key, expected.replace("DIR", directory.toString()));

        assertEquals(before, after);
        assertNotEquals(previous, after.get(key), "a test of a default proves nothing");
    }

    /** Keys that are empty by default: what is printed for them is what was set. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /listeners/0/tls       | listeners[0].tls={certificate: token, key: site/key} | {"certificate":"DIR/token","key":"DIR/site/key"}
            /listeners/0/tls       | listeners[0].tls=[{certificate: token, key: site/key}] | {"certificate":"DIR/token","key":"DIR/site/key"}
            /listeners/0/tls       | listeners[0].tls=[{certificate: token, key: token}, {pkcs12: site/key, passwordFile: token}] | [{"certificate":"DIR/token","key":"DIR/token"},{"pkcs12":"DIR/site/key","passwordFile":"DIR/token"}]
            /listeners/0/clientCertificates | listeners[0]={tls: {certificate: token, key: token}, clientCertificates: {authorities: token}} | {"authorities":"DIR/token","mode":"required"}
            /sites/0/tryFiles      | sites[0].tryFiles=["{path}", "=404"]                 | ["{path}","=404"]
            /sites/0/errorPages    | sites[0].errorPages={410: /gone, 5xx: /sorry}        | {"410":"/gone","5xx":"/sorry"}
            /sites/0/compression   | sites[0].compression.streaming=false                 | {"streaming":false}
            /sites/0/rules         | sites[0].rules=[{deny: true}]                        | [{"match":{},"deny":403}]
            /sites/0/rules/0/match | sites[0].rules[0]={match: {path: /a, extension: [B], method: GET, type: text/*}, cache: 1h} | {"path":["/a"],"extension":["b"],"method":["GET"],"type":["text/*"]}
            /compression/codings   | compression.codings=[gzip, br]                       | ["gzip","br"]
            """)
    void set_emptyByDefault_isPrintedWithTheKeysOfTheFile(String pointer, String set, String expected)
            throws IOException, ConfigurationException {
        Files.writeString(directory.resolve("site").resolve("key"), "secret");

        JsonNode printed = print(loader.load(null, List.of(), List.of(set)));

        assertEquals(
                expected.replace("DIR", directory.toString()),
                printed.at(pointer).toString());
    }

    /** The rules in the comment are what the keys mean; they can be used as they stand. */
    @Test
    void documentedRules_uncommented_holdEveryAction() throws IOException, ConfigurationException {
        List<String> lines = Files.readAllLines(DOCUMENTED);
        int start = lines.indexOf("    # rules:");
        String rules = lines.stream()
                .skip(start)
                .takeWhile(line -> line.startsWith("    #"))
                .map(line -> line.replaceFirst("    # ?", "    "))
                .collect(Collectors.joining("\n", "sites:\n  -\n", "\n"));
        Path file = Files.writeString(directory.resolve("rules.yaml"), rules);

        JsonNode printed = print(loader.load(file, List.of(), List.of())).at("/sites/0/rules");

        Set<String> actions = new TreeSet<>();
        printed.forEach(rule -> actions.addAll(rule.propertyNames()));
        Set<String> known = new TreeSet<>();
        for (RecordComponent component : RuleSettings.class.getRecordComponents()) {
            known.add(component.getName());
        }
        assertEquals(known, actions);
    }

    private JsonNode defaults() throws ConfigurationException {
        return print(loader.load(null, List.of(), List.of()));
    }

    private JsonNode print(Configuration configuration) {
        return json.readTree(json.writeValueAsString(configuration));
    }

    private static void flatten(JsonNode node, String path, Map<String, String> into) {
        if (node.isObject()) {
            node.properties().forEach(field -> flatten(field.getValue(), join(path, field.getKey()), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(node.get(i), path + "[" + i + "]", into);
            }
        } else {
            into.put(path, node.asString());
        }
    }

    private static void flatten(Node node, String path, Set<String> into) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, entry) -> flatten(entry.value(), join(path, key), into));
        } else if (node instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                flatten(sequence.items().get(i), path + "[" + i + "]", into);
            }
        } else {
            into.add(path);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
