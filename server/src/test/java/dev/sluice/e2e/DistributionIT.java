package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.InstalledTool;
import dev.sluice.tls.ToolRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mvn -Pdist package} makes, unpacked or installed on this very machine, and started. */
@EnabledIfSystemProperty(named = "sluice.dist", matches = ".+", disabledReason = "made with -Pdist alone")
final class DistributionIT {
    private static final Path ARCHIVE = Path.of(System.getProperty("sluice.dist.archive", "none.tar.gz"));
    private static final String NAME = ARCHIVE.getFileName().toString().replace(".tar.gz", "");
    private static final String TIME = "2026-01-01 00:00";
    private static final long SECONDS = 300;
    private static final List<String> FILES = List.of(
            "sluice.jar",
            "conf/sluice.yaml",
            "www/index.html",
            "completions/sluice.bash",
            "completions/_sluice",
            "completions/sluice.fish",
            "man/sluice.1",
            "man/sluice-check.1",
            "LICENSE",
            "README.md");

    @TempDir
    private Path folder;

    private String tool(String program, String... arguments) throws IOException, InterruptedException {
        ToolRun run = ToolRun.of(folder, SECONDS, program, arguments);
        assertEquals(0, run.exitCode(), run.said());
        return run.said();
    }

    private static Path made(String name) {
        return ARCHIVE.resolveSibling(name);
    }

    private static String page(URI address) throws IOException {
        try (InputStream body = address.toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertServesTheDocumentation(URI address) throws IOException {
        String page = page(address);
        assertTrue(page.contains("<title>Sluice"), page);
    }

    /** Starts it by its launcher and with these variables alone, in its own folder. */
    private static Program launch(Path home, String... variables) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "-i"));
        command.addAll(List.of(variables));
        command.add(home.resolve("bin/sluice").toString());
        return Program.start(home, command, "--port", "0", "--admin", "off");
    }

    private static void assertStarts(Path home) throws Exception {
        for (String file : FILES) {
            assertTrue(Files.size(home.resolve(file)) > 0, file);
        }
        try (Program server =
                launch(home, "PATH=" + System.getenv("PATH"), "JAVA_HOME=" + System.getProperty("java.home"))) {
            assertServesTheDocumentation(server.announced("sluice: serving www at "));
            server.terminate();
            assertEquals(0, server.exitCode(), server.errors());
        }
    }

    @Test
    void tarGz_unpacked_startsByItsLauncher() throws Exception {
        tool("tar", "-xzf", ARCHIVE.toString());
        assertStarts(folder.resolve(NAME));
    }

    @Test
    void zip_unpacked_startsByItsLauncher() throws Exception {
        tool("unzip", "-q", made(NAME + ".zip").toString());
        assertStarts(folder.resolve(NAME));
    }

    @Test
    void runtimeArchive_withoutAnotherJava_runsOnItsOwnWithItsArchiveOfClasses() throws Exception {
        Path archive = made(NAME + "-linux-" + System.getProperty("os.arch") + ".tar.gz");
        assumeTrue(Files.exists(archive) || newJdk(), "there is no JDK 25 to make it from");
        tool("tar", "-xzf", archive.toString());
        Path home = folder.resolve(NAME);
        // All that the launcher asks of the system.
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Files.createSymbolicLink(tools.resolve("readlink"), InstalledTool.required("readlink"));
        try (Program server = launch(home, "PATH=" + tools)) {
            assertServesTheDocumentation(server.announced("sluice: serving www at "));
            Path process = Path.of("/proc", String.valueOf(server.pid()));
            assertEquals(
                    home.resolve("runtime/bin/java").toRealPath(),
                    process.resolve("exe").toRealPath());
            String maps = Files.readString(process.resolve("maps"));
            assertTrue(maps.contains(home.toRealPath().resolve("sluice.aot").toString()), maps);
            server.terminate();
            assertEquals(0, server.exitCode(), server.errors());
            assertEquals("", server.errors());
        }
    }

    private static boolean newJdk() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/usr/lib/jvm"))) {
            return all.anyMatch(jdk -> jdk.getFileName().toString().contains("25"));
        }
    }

    @Test
    void entries_all_haveTheTimeOfTheRelease() throws Exception {
        List<String> lines = new ArrayList<>();
        tool("env", "TZ=UTC", "tar", "-tvzf", ARCHIVE.toString()).lines().forEach(lines::add);
        tool("env", "TZ=UTC", "dpkg-deb", "-c", deb().toString()).lines().forEach(lines::add);
        assertTrue(lines.size() > 100, lines::toString);
        assertEquals(
                List.of(), lines.stream().filter(line -> !line.contains(TIME)).toList());
    }

    private static Path deb() throws IOException {
        try (Stream<Path> all = Files.list(ARCHIVE.getParent())) {
            return all.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void deb_checkedByLintian_hasNoErrors() throws Exception {
        tool("lintian", "--fail-on", "error", deb().toString());
    }

    /** The whole life of a package. What runs is not stopped by an upgrade until it is restarted. */
    @Test
    void deb_installedStartedUpgradedPurged_servesKeepsTheConfigurationAndLeavesNothing() throws Exception {
        InstalledTool.requireThat("root".equals(System.getProperty("user.name")), "only root installs packages");
        Path deb = deb();
        InstalledPackage installed = new InstalledPackage(folder);
        installed.requireAbsent();
        try {
            tool("dpkg", "-i", deb.toString());
            assertEquals("/etc/sluice/sluice.yaml", installed.conffiles());
            assertTrue(installed.accounts().contains("sluice:"), installed.accounts());
            assertTrue(Files.isSymbolicLink(installed.enabled()), "the service is not enabled");
            tool("man", "--warnings", "sluice");
            installed.edit("port: 8080", "port: 0");
            installed.edit("listen: 127.0.0.1:8081", "listen: 127.0.0.1:0");

            SystemdUnit unit = SystemdUnit.read(Path.of("/usr/lib/systemd/system/sluice.service"));
            assertEquals("/usr/bin/sluice --config /etc/sluice/sluice.yaml", unit.value("ExecStart"));
            try (Program server = Program.start(folder, unit.command())) {
                String line = server.nextLine();
                URI address = URI.create(line.substring(line.lastIndexOf(' ') + 1));
                assertServesTheDocumentation(address);
                assertEquals(
                        "sluice",
                        Files.getOwner(Path.of("/proc", String.valueOf(server.pid())))
                                .getName());
                for (String reload : unit.values("ExecReload")) {
                    tool("sh", "-c", reload.replace("$MAINPID", String.valueOf(server.pid())));
                    assertServesTheDocumentation(address);
                }

                String before = installed.version();
                tool("dpkg", "--force-confold", "-i", installed.successor(deb).toString());
                assertNotEquals(before, installed.version());
                assertTrue(installed.configuration().contains("port: 0"), installed.configuration());
                assertFalse(installed.configuration().contains(InstalledPackage.NEWS));
                assertServesTheDocumentation(address);
                server.terminate();
                assertEquals(0, server.exitCode(), server.errors());
            }

            List<Path> files = installed.files();
            assertTrue(files.size() > 50, files::toString);
            tool("dpkg", "--purge", "sluice");
            assertEquals(List.of(), files.stream().filter(Files::exists).toList());
            assertFalse(installed.accounts().contains("sluice"), installed.accounts());
            assertFalse(Files.isSymbolicLink(installed.enabled()));
        } finally {
            ToolRun.of(folder, SECONDS, "dpkg", "--purge", "sluice");
        }
    }
}
