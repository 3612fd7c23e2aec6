package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationLoaderTest {
    private static final Path NAME = Path.of("conf", "site.yaml");

    @TempDir
    private Path directory;

    private ConfigurationLoader loader;

    @BeforeEach
    void setUp() throws IOException {
        loader = new ConfigurationLoader(directory, Map.of());
        Files.createDirectory(directory.resolve("conf"));
    }

    @Test
    void load_withoutFile_givesTheDocumentedDefaults() throws ConfigurationException {
        assertEquals(
                new Configuration(
                        List.of(new ListenerSettings(
                                new Host("127.0.0.1"), 8080, null, null, false, ListenerSettings.Redirect.NONE)),
                        new AdminSettings(new AdminSettings.At(new HostPort(new Host("127.0.0.1"), 8081), false), null),
                        List.of(new SiteSettings(
                                List.of("default"),
                                new SiteRoot(".", directory),
                                List.of("index.html"),
                                SymlinkPolicy.INSIDE,
                                true,
                                null,
                                ListingFormat.OFF,
                                false,
                                TrailingSlash.ADD,
                                List.of(),
                                new ErrorPages(Map.of(404, "/404.html"), Map.of()),
                                new SiteCompressionSettings(null),
                                false,
                                List.of())),
                        new CacheSettings(
                                new AutoOr.Auto<>(),
                                new ByteSize(256 * 1024),
                                null,
                                Duration.ofSeconds(1),
                                new AutoOr.Auto<>()),
                        new CompressionSettings(
                                true,
                                new ByteSize(512),
                                List.of(ContentCodingName.BR, ContentCodingName.ZSTD, ContentCodingName.GZIP),
                                false),
                        new IoSettings(
                                new AutoOr.Auto<>(), new AutoOr.Auto<>(), new ByteSize(8 * 1024 * 1024), null, true),
                        new LimitSettings(
                                10_000,
                                5_000,
                                10_000,
                                new ByteSize(32 * 1024),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(60),
                                new ByteSize(240),
                                Duration.ofSeconds(30)),
                        new AccessLogSettings(new AccessLogSettings.Off(), AccessLogSettings.Format.COMBINED),
                        CalibrationSettings.none(),
                        false),
                load());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "---\n",
                "null\n",
                "{}",
                "\uFEFF{}",
                "cache:\nio: {}\nlisteners:\nsites: [{}]\n"
            })
    void load_fileThatSetsNothing_givesTheDefaults(String yaml) throws IOException, ConfigurationException {
        assertEquals(load(), loadFile(yaml));
    }

    @Test
    void load_wwwInWorkingDirectory_isServedByDefault() throws IOException, ConfigurationException {
        Path www = Files.createDirectory(directory.resolve("www"));

        assertEquals(new SiteRoot("www", www), root(load()));
    }

    @Test
    void load_relativeRootInFile_startsFromTheFilesFolder() throws IOException, ConfigurationException {
        Path site = Files.createDirectory(directory.resolve("conf").resolve("site"));

        assertEquals(new SiteRoot("site", site), root(loadFile("sites: [{root: site}]")));
    }

    @Test
    void load_relativeRootInSet_startsFromTheWorkingDirectory() throws IOException, ConfigurationException {
        Path site = Files.createDirectory(directory.resolve("site"));

        assertEquals(new SiteRoot("site", site), root(loadFile("sites: [{root: gone}]", "sites[0].root=site")));
    }

    @Test
    void load_directoryArgumentCalledAuto_isThatDirectory() throws IOException, ConfigurationException {
        Path auto = Files.createDirectory(directory.resolve("auto"));
        List<KeyOverride> options = List.of(new KeyOverride("DIR", "sites[0].root", "auto"));

        assertEquals(new SiteRoot("auto", auto), root(loader.load(null, options, List.of())));
    }

    @Test
    void load_exposedAdminWithTokenFile_isAccepted() throws IOException, ConfigurationException {
        Path token = Files.writeString(directory.resolve("conf").resolve("token"), "secret");

        AdminSettings admin =
                loadFile("admin: {listen: '[::]:9000', tokenFile: token}").admin();

        assertEquals(new AdminSettings(new AdminSettings.At(new HostPort(new Host("::"), 9000), true), token), admin);
    }

    @Test
    void load_errorPagesWithoutEntries_meansNone() throws IOException, ConfigurationException {
        assertEquals(
                new ErrorPages(Map.of(), Map.of()),
                loadFile("sites: [{errorPages: {}}]").sites().get(0).errorPages());
    }

    @Test
    void load_setOverOptionOverFile_lastWins() throws IOException, ConfigurationException {
        Files.writeString(directory.resolve(NAME), "listeners: [{host: a, port: 1}, {host: b}]");
        List<KeyOverride> options = List.of(
                new KeyOverride("--host", "listeners[0].host", "c"),
                new KeyOverride("--port", "listeners[0].port", "2"));
        List<String> sets = List.of("listeners[0].port=3", "listeners[1].port = 4", "listeners[2].host=d");

        assertEquals(
                List.of(
                        new ListenerSettings(new Host("c"), 3, null, null, false, ListenerSettings.Redirect.NONE),
                        new ListenerSettings(new Host("b"), 4, null, null, false, ListenerSettings.Redirect.NONE),
                        new ListenerSettings(new Host("d"), 8080, null, null, false, ListenerSettings.Redirect.NONE)),
                loader.load(NAME, options, sets).listeners());
    }

    @Test
    void load_setOfFlowCollections_replacesWholeValues() throws ConfigurationException {
        Configuration configuration =
                load("sites[0].index=[a.html, 'b #1.html']", "sites[0].errorPages={404: /x}", "accessLog.file=-");

        assertEquals(
                List.of("a.html", "b #1.html"), configuration.sites().get(0).index());
        assertEquals(
                new ErrorPages(Map.of(404, "/x"), Map.of()),
                configuration.sites().get(0).errorPages());
        assertEquals(
                new AccessLogSettings.StandardOutput(),
                configuration.accessLog().file());
    }

    @Test
    void load_insertion_standsBeforeTheItemsOfTheFile() throws IOException, ConfigurationException {
        Files.writeString(directory.resolve(NAME), "sites: [{rules: [{deny: 404}, {deny: 410}]}]");
        List<KeyOverride> options = List.of(new KeyOverride("--cors", "sites[0].rules[+0].cors", "true"));

        List<RuleSettings> rules = loader.load(NAME, options, List.of("sites[0].rules[+2].deny=403"))
                .sites()
                .get(0)
                .rules();

        assertEquals(CorsSettings.defaults(), rules.get(0).cors());
        assertEquals(
                Arrays.asList(null, 404, 403, 410),
                rules.stream().map(RuleSettings::deny).toList());
    }

    @Test
    void load_insertionWithoutList_makesOne() throws ConfigurationException {
        assertEquals(
                Integer.valueOf(410),
                load("sites[0].rules[+0].deny=410")
                        .sites()
                        .get(0)
                        .rules()
                        .get(0)
                        .deny());
    }

    @Test
    void load_optionsOfOneMapping_replaceTheWordForNone() throws IOException, ConfigurationException {
        Path pem = Files.writeString(directory.resolve("site.pem"), "");
        Files.writeString(directory.resolve(NAME), "listeners: [{tls: none}]");
        List<KeyOverride> options = List.of(
                new KeyOverride("--tls-cert", "listeners[0].tls.certificate", "site.pem"),
                new KeyOverride("--tls-key", "listeners[0].tls.key", "site.pem"));

        assertEquals(
                List.of(TlsSettings.ofPem(pem, pem)),
                loader.load(NAME, options, List.of()).listeners().get(0).tls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "=1",
                ".a=1",
                "a.=1",
                "a..b=1",
                "a[=1",
                "a[x]=1",
                "[0]=1",
                "a[99999]=1",
                "a[-0]=1",
                "a[+]=1",
                "a b=1"
            })
    void load_setThatIsNoAssignment_isRefused(String set) {
        assertEquals(
                List.of("--set: \"" + set + "\" (expected: key=value, such as cache.memory=64MiB)"), problems(set));
    }

    @Test
    void load_setOfWrongValues_tellsOptionAndKey() {
        assertEquals(
                List.of(
                        "--set: limitz: unknown key (did you mean limits?)",
                        "--set: serverTiming: nothing (expected: true or false)",
                        "--set: sites[0].index: not YAML: expected ',' or ']', but got <stream end>"),
                problems("sites[0].index=[a", "serverTiming=", "limitz=1").stream()
                        .sorted()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listeners[1].port=1",
                "listeners[+1].port=1",
                "listeners.port=1",
                "limits[0]=1",
                "serverTiming.x=1"
            })
    void load_setWhoseKeyDoesNotFitTheTree_isRefused(String set) throws IOException {
        Files.writeString(directory.resolve(NAME), "listeners: [] \nlimits: {}\nserverTiming: true\n");

        List<String> problems = assertThrows(
                        ConfigurationException.class, () -> loader.load(NAME, List.of(), List.of(set)))
                .problems();

        assertEquals(
                "--set: " + set.substring(0, set.length() - 2) + ": \"1\" (expected: a key that fits the configuration"
                        + " file: lists have [0], mappings have .name)",
                problems.get(0));
    }

    @Test
    void load_faultyOption_isNamedInsteadOfItsKey() {
        List<KeyOverride> options = List.of(new KeyOverride("--port", "listeners[0].port", "99999"));

        List<String> problems = assertThrows(ConfigurationException.class, () -> loader.load(null, options, List.of()))
                .problems();

        assertEquals(List.of("--port: \"99999\" (expected: a port, 0 to 65535)"), problems);
    }

    private Configuration load(String... sets) throws ConfigurationException {
        return loader.load(null, List.of(), List.of(sets));
    }

    private Configuration loadFile(String yaml, String... sets) throws IOException, ConfigurationException {
        Files.writeString(directory.resolve(NAME), yaml);
        return loader.load(NAME, List.of(), List.of(sets));
    }

    private List<String> problems(String... sets) {
        return assertThrows(ConfigurationException.class, () -> load(sets)).problems();
    }

    private static SiteRoot root(Configuration configuration) {
        return configuration.sites().get(0).root();
    }
}
