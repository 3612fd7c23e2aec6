package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import dev.sluice.QrPicture;
import dev.sluice.app.Sluice;
import dev.sluice.app.StartException;
import dev.sluice.config.AccessLogSettings;
import dev.sluice.config.AdminSettings;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationSource;
import dev.sluice.config.Host;
import dev.sluice.config.HostPort;
import dev.sluice.config.ListenerSettings;
import dev.sluice.config.ListingFormat;
import dev.sluice.config.RuleSettings;
import dev.sluice.config.SiteSettings;
import dev.sluice.config.TemplateSettings;
import dev.sluice.config.TlsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineRunnerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Configuration> served = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void run_everyOption_reachesTheConfiguration() throws IOException {
        Path site = Files.createDirectory(directory.resolve("site"));
        Path pem = Files.writeString(directory.resolve("site.pem"), "");

        int code = run(
                "-H",
                "::1",
                "-p",
                "0",
                "--admin",
                "off",
                "--tls-cert",
                "site.pem",
                "--tls-key",
                "site.pem",
                "--spa",
                "--listing=json",
                "--cors",
                "--server-timing",
                "--access-log",
                "-",
                "--log-format",
                "json",
                "--set",
                "io.threads=3",
                "--set=io.workers=4",
                "site");

        assertEquals("", err.toString());
        assertEquals(ExitCode.DONE, code);
        Configuration configuration = served.get(0);
        assertEquals(
                List.of(new ListenerSettings(
                        new Host("::1"),
                        0,
                        List.of(new TlsSettings(pem, pem, null, null)),
                        null,
                        false,
                        ListenerSettings.Redirect.NONE)),
                configuration.listeners());
        assertEquals(new AdminSettings.Off(), configuration.admin().listen());
        assertTrue(configuration.serverTiming());
        assertEquals(
                new AccessLogSettings(new AccessLogSettings.StandardOutput(), AccessLogSettings.Format.JSON),
                configuration.accessLog());
        assertEquals(3, configuration.io().threadCount(1));
        assertEquals(4, configuration.io().workerCount(1));
        SiteSettings first = configuration.sites().get(0);
        assertEquals("site", first.root().text());
        assertEquals(site, first.root().path());
        assertEquals("/index.html", first.spa());
        assertEquals(ListingFormat.JSON, first.listing());
        assertNotNull(first.rules().get(0).cors());
    }

    @Test
    void run_h2c_reachesTheListener() {
        assertEquals(ExitCode.DONE, run("--h2c"));

        assertTrue(served.get(0).listeners().get(0).h2c());
    }

    @Test
    void run_corsBesideRulesOfTheFile_comesFirst() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "sites: [{rules: [{deny: 404}]}]");

        assertEquals(ExitCode.DONE, run("-c", "site.yaml", "--cors"));

        List<RuleSettings> rules = served.get(0).sites().get(0).rules();
        assertNotNull(rules.get(0).cors());
        assertEquals(Integer.valueOf(404), rules.get(1).deny());
    }

    @Test
    void run_environment_reachesTemplates() {
        assertEquals(ExitCode.DONE, run("--set", "sites[0].rules[0].template={env: [API_URL]}"));

        TemplateSettings template = served.get(0).sites().get(0).rules().get(0).template();
        assertEquals(new TemplateSettings(null, Map.of("API_URL", "https://api.example")), template);
    }

    @Test
    void run_configAndOptions_optionsWin() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "listeners: [{port: 1}]\nadmin: {listen: 'localhost:2'}");

        assertEquals(ExitCode.DONE, run("--config=site.yaml", "--port=3"));

        assertEquals(3, served.get(0).listeners().get(0).port());
        assertEquals(
                new AdminSettings.At(new HostPort(new Host("localhost"), 2), true),
                served.get(0).admin().listen());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --port 99999         | --port: "99999" (expected: a port, 0 to 65535)
                    -p -1                | --port: "-1" (expected: a port, 0 to 65535)
                    --port               | Missing required parameter for option '--port' (N) (see sluice --help)
                    -p 1 -p 2            | option '--port' (N) should be specified only once (see sluice --help)
                    --prot 1             | --prot: unknown option (see sluice --help)
                    check --prot x.yaml  | --prot: unknown option (see sluice --help)
                    a b                  | "b": one argument too many (expected: at most one directory; see sluice --help)
                    @args                | DIR: "@args" (expected: a directory that exists)
                    gone                 | DIR: "gone" (expected: a directory that exists)
                    file                 | DIR: "file" (expected: a directory or zip archive; it is no zip archive, or its end is missing)
                    -c gone.yaml         | gone.yaml: no such file (expected: a YAML file that can be read)
                    --log-format=xml     | --log-format: "xml" (expected: combined or json)
                    --listing=yes        | --listing: "yes" (expected: html, json or off)
                    --tls-cert file      | --tls-cert: no key (expected: a file with the private key in PEM)
                    --tls-key file       | --tls-key: no certificate (expected: a file with the certificate chain in PEM)
                    --admin 0.0.0.0:1    | --admin: "0.0.0.0:1" (expected: a loopback address, or admin.tokenFile with it)
                    --set io.threads     | --set: "io.threads" (expected: key=value, such as cache.memory=64MiB)
                    hash-password geheim | "geheim": one argument too many (expected: options only; see sluice --help)
                    generate-completion  | 'Missing required parameter: ''bash|zsh|fish'' (see sluice --help)'
                    generate-completion x | generate-completion: "x" (expected: bash, zsh, fish)
                    calibrate gone       | DIR: "gone" (expected: a directory that exists)
                    calibrate file       | DIR: "file" (expected: a directory or zip archive; it is no zip archive, or its end is missing)
                    calibrate --write    | --write needs a configuration to write to (expected: --config FILE)
                    check                | Missing required parameter: 'FILE' (see sluice --help)
                    check a b            | "b": one argument too many (expected: one FILE; see sluice --help)
                    explain              | Missing required parameter: 'PATH' (see sluice --help)
                    explain x            | path: x (expected: a path such as /index.html)
                    explain /x /y        | "/y": one argument too many (expected: one PATH; see sluice --help)
                    explain -H Range /x  | "Range" (expected: a field such as Range: bytes=0-9)
                    explain -X G(T /x    | method: G(T (expected: a method such as GET)
                    explain --root no /x | --root: "no" (expected: a directory that exists)
                    """)
    void run_wrongUsage_isOneLineAndExitCode2(String args, String message) throws IOException {
        Files.writeString(directory.resolve("file"), "");
        Files.writeString(directory.resolve("args"), ".");

        int code = run(args.split(" "));

        assertEquals("sluice: " + message + System.lineSeparator(), err.toString());
        assertEquals("", out.toString());
        assertEquals(ExitCode.USAGE, code);
        assertEquals(List.of(), served);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "99999999", "99999999999999999999"})
    void run_replaceProcessThatIsNotThere_isOneLineAndExitCode1(String id) {
        int code = run("--replace=" + id);

        assertEquals(
                "sluice: --replace: " + id + " (expected: the process id of a server that runs)"
                        + System.lineSeparator(),
                err.toString());
        assertEquals(ExitCode.FAILED, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1"})
    void run_replaceNoProcessId_isOneLineAndExitCode2(String id) {
        int code = run("--replace=" + id);

        assertEquals(
                "sluice: --replace: " + id + " (expected: the process id of a server that runs) (see sluice --help)"
                        + System.lineSeparator(),
                err.toString());
        assertEquals(ExitCode.USAGE, code);
    }

    @Test
    void run_replaceWhatDoesNotListen_isRefusedAndLeftAlone() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            assertEquals(ExitCode.FAILED, run("--replace=" + process.pid()));
            assertTrue(process.isAlive());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void run_replace_listensBesideThatProcessAndStopsIt() throws IOException, InterruptedException {
        Path python = InstalledTool.required("python3");
        Process process = new ProcessBuilder(
                        python.toString(),
                        "-c",
                        "import socket, time; s = socket.create_server(('127.0.0.1', 0));"
                                + " print(s.getsockname()[1], flush=True); time.sleep(60)")
                .start();
        try {
            int port = Integer.parseInt(
                    process.inputReader(StandardCharsets.US_ASCII).readLine());
            List<Set<Integer>> beside = new ArrayList<>();

            int code = run(
                    (source, shared, announce) -> {
                        beside.add(shared);
                        CommandLineRunnerTest.announce(source, shared, announce);
                    },
                    "--port=0",
                    "--admin=off",
                    "--replace=" + process.pid());

            assertEquals(ExitCode.DONE, code);
            assertEquals(List.of(Set.of(port)), beside);
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it runs on");
            assertTrue(out.toString().contains("in the place of process " + process.pid()), out.toString());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void run_portTaken_isOneLineThatNamesItAndExitCode1() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            int code = run((source, shared, writer) -> Sluice.start(source).close(), "--admin", "off", "--port", port);

            assertTrue(err.toString().matches("sluice: .*" + port + ".*\\R"), err.toString());
            assertEquals(ExitCode.FAILED, code);
        }
    }

    @Test
    void run_unexpectedException_isOneLineAndExitCode1() {
        int code = run((configuration, shared, writer) -> {
            throw new IllegalStateException("first\nsecond");
        });

        assertEquals("sluice: java.lang.IllegalStateException: first second" + System.lineSeparator(), err.toString());
        assertEquals(ExitCode.FAILED, code);
    }

    @Test
    void run_error_isOneLineAndExitCode1() {
        int code = run((configuration, shared, writer) -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertEquals("sluice: java.lang.OutOfMemoryError: Java heap space" + System.lineSeparator(), err.toString());
        assertEquals(ExitCode.FAILED, code);
    }

    @Test
    void check_goodFile_saysOk() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "serverTiming: true");

        assertEquals(ExitCode.DONE, run("check", "site.yaml"));

        assertEquals("site.yaml: ok" + System.lineSeparator(), out.toString());
        assertEquals("", err.toString());
        assertEquals(List.of(), served);
    }

    @Test
    void check_problems_areAllToldAsACompilerWould() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "serverTiming: maybe");

        assertEquals(ExitCode.USAGE, run("check", "--set", "io.threads=0", "site.yaml"));

        assertEquals(
                List.of(
                        "--set: io.threads: \"0\" (expected: a number of threads, 1 to 1024, or auto)",
                        "site.yaml:1:15: serverTiming: \"maybe\" (expected: true or false)"),
                err.toString().lines().toList());
        assertEquals("", out.toString());
    }

    @Test
    void run_qr_printsTheCodeOfTheListenerBehindItsLine() {
        int code = run(CommandLineRunnerTest::announce, "--qr", "--port", "0", "--admin", "off");

        assertEquals("", err.toString());
        assertEquals(ExitCode.DONE, code);
        List<String> lines = out.toString().lines().toList();
        String url = lines.get(0).substring(lines.get(0).lastIndexOf(' ') + 1);
        assertEquals("sluice: QR code of " + url, lines.get(1));
        assertEquals(Optional.of(url), QrPicture.read(lines.subList(2, lines.size()), QrPicture.Theme.DARK));
    }

    @Test
    void run_dev_suitsAnAuthorAndGivesWayToOptions() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "listeners: [{host: 0.0.0.0}]\nsites: [{listing: json}]\n");

        assertEquals(ExitCode.DONE, run("--dev"), err::toString);
        assertEquals(ExitCode.DONE, run("--dev", "-c", "site.yaml"), err::toString);
        assertEquals(ExitCode.DONE, run("--listing", "off", "--dev", "--host=0.0.0.0"), err::toString);

        List<String> told = served.stream()
                .map(each -> each.listeners().get(0).host().toString()
                        + ' '
                        + each.sites().get(0).listing()
                        + ' '
                        + each.sites().get(0).dev())
                .toList();
        assertEquals(List.of("127.0.0.1 html true", "127.0.0.1 html true", "0.0.0.0 off true"), told);
    }

    @Test
    void run_devAndOpenWithoutABrowser_saysSoAndServes() {
        int code = run(CommandLineRunnerTest::announce, "--dev", "--open", "--port", "0", "--admin", "off");

        assertEquals(ExitCode.DONE, code);
        List<String> lines = out.toString().lines().toList();
        String url = lines.get(0).substring(lines.get(0).lastIndexOf(' ') + 1);
        assertEquals("sluice: nothing is cached, and pages reload when a file changes; stop with Ctrl-C", lines.get(1));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("sluice: cannot open a browser: "), err::toString);
        assertTrue(err.toString().strip().endsWith("; visit " + url), err::toString);
    }

    @Test
    void run_withoutQr_printsTheLinesOfTheListenersAlone() {
        assertEquals(ExitCode.DONE, run(CommandLineRunnerTest::announce, "--port", "0", "--admin", "off"));

        assertEquals(1, out.toString().lines().count(), out.toString());
    }

    private static void announce(ConfigurationSource source, Set<Integer> shared, Consumer<Sluice> announce)
            throws ConfigurationException, StartException {
        try (Sluice server = Sluice.start(source)) {
            announce.accept(server);
        }
    }

    @ParameterizedTest
    @CsvSource({"-V", "--version"})
    void version_any_namesSluiceAndTheJdk(String option) {
        assertEquals(ExitCode.DONE, run(option));

        String line = out.toString();
        assertTrue(line.matches("sluice \\d+\\.\\d+\\.\\d+\\S* \\(JDK .+, .+\\)\\R"), line);
        assertTrue(line.contains(Runtime.version().toString()), line);
    }

    @ParameterizedTest
    @CsvSource({"-h", "--help"})
    void help_any_listsEveryOptionOfTheContract(String option) {
        assertEquals(ExitCode.DONE, run(option));

        for (String name : List.of(
                "[DIR]",
                "-c, --config",
                "-H, --host",
                "-p, --port",
                "--admin",
                "--tls-cert",
                "--tls-key",
                "--h2c",
                "--spa",
                "--listing",
                "--cors",
                "--access-log",
                "--log-format",
                "--server-timing",
                "--qr",
                "--dev",
                "--open",
                "--set",
                "-V, --version",
                "-h, --help",
                "check")) {
            assertTrue(out.toString().contains(name), name);
        }
    }

    private int run(String... args) {
        return run((source, shared, writer) -> served.add(source.load()), args);
    }

    private int run(Launcher launcher, String... args) {
        PasswordInput passwords = () -> {
            throw new AssertionError("no password is wanted here");
        };
        return new CommandLineRunner(
                        launcher,
                        passwords,
                        directory,
                        Map.of(
                                "API_URL",
                                "https://api.example",
                                "BROWSER",
                                directory.resolve("no-browser").toString()),
                        () -> false,
                        new PrintWriter(out),
                        new PrintWriter(err))
                .run(args);
    }
}
