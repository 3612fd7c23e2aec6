package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/sluice}: which Java and which jar it takes, the archive it makes, and what it says if something is missing. */
class LauncherScriptIT {
    private static final Path SCRIPT = Path.of("bin", "sluice").toAbsolutePath();
    private static final String MAKING = "sluice: making later starts faster, once: ";

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void chooseWhatThisJvmIs() {
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SLUICE_JAR", System.getProperty("sluice.jar"));
    }

    /** From elsewhere, through a link to a link, with the archive in a folder with a blank. */
    @Test
    void script_firstAndSecondStart_makesTheArchiveAndUsesIt() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(directory.resolve("a folder"));
        Path link = Files.createSymbolicLink(folder.resolve("a link"), SCRIPT);
        Path script = Files.createSymbolicLink(folder.resolve("another link"), link);
        environment.put("XDG_CACHE_HOME", folder.resolve("the cache").toString());

        Result first = run(script, "--version");
        assertEquals(0, first.exitCode(), first.err());
        assertTrue(first.out().startsWith("sluice "), first.out());
        assertTrue(first.err().startsWith(MAKING + folder.resolve("the cache")), first.err());
        assertEquals(1, first.err().lines().count(), first.err());
        assertEquals(List.of(first.err().strip().substring(MAKING.length())), cached(folder.resolve("the cache")));

        environment.put("SLUICE_JAVA_OPTS", "-Xlog:class+load -Dsluice.test=*");
        Result second = run(script, "--version");
        assertEquals("", second.err());
        List<String> loaded = second.out()
                .lines()
                .filter(line -> line.contains(" dev.sluice.cli.Main "))
                .toList();
        assertEquals(1, loaded.size(), second.out());
        assertTrue(loaded.get(0).contains("shared objects file"), loaded.get(0));
    }

    @Test
    void script_otherJar_makesAnArchiveInThePlaceOfTheOldOne() throws IOException, InterruptedException {
        Path jar = Files.copy(Path.of(System.getProperty("sluice.jar")), directory.resolve("sluice.jar"));
        Path cache = directory.resolve("cache");
        environment.put("SLUICE_JAR", jar.toString());
        environment.put("XDG_CACHE_HOME", cache.toString());
        // What a start with an earlier build left here.
        run(SCRIPT, "--version");
        List<String> before = cached(cache);

        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        Result next = run(SCRIPT, "--version");

        assertTrue(next.err().startsWith(MAKING), next.err());
        assertEquals(1, cached(cache).size());
        assertFalse(cached(cache).equals(before));
    }

    @Test
    void script_rehearsalFails_startsWithoutAndDoesNotTryAgain() throws IOException, InterruptedException {
        environment.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        environment.put(
                "JAVA_HOME",
                fakeJdk("17.0.1", """
                        case "$*" in
                          *Rehearsal*) echo 'no space on stage' >&2; exit 1 ;;
                          *) exec '%s/bin/java' "$@" ;;
                        esac
                        """.formatted(System.getProperty("java.home")))
                        .toString());

        Result first = run(SCRIPT, "--version");
        assertEquals(0, first.exitCode());
        assertTrue(first.out().startsWith("sluice "), first.out());
        assertTrue(first.err().endsWith("sluice: that failed, starting without (no space on stage)\n"), first.err());

        Result second = run(SCRIPT, "--version");
        assertTrue(second.out().startsWith("sluice "), second.out());
        assertEquals("", second.err());
    }

    @Test
    void script_noPlaceForTheArchive_startsWithout() throws IOException, InterruptedException {
        environment.put("XDG_CACHE_HOME", "/dev/null/nowhere");

        Result unwritable = run(SCRIPT, "--version");
        assertEquals(0, unwritable.exitCode(), unwritable.err());
        assertEquals("", unwritable.err());

        environment.remove("XDG_CACHE_HOME");
        Result homeless = run(SCRIPT, "--version");
        assertEquals(0, homeless.exitCode(), homeless.err());
        assertEquals("", homeless.err());
    }

    /** JDK 17 finds nothing in an archive that is of a jar in such a folder, but starts. */
    @Test
    void script_blankInThePathOfTheJar_starts() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(directory.resolve("a folder"));
        Path jar = Files.copy(Path.of(System.getProperty("sluice.jar")), folder.resolve("the jar.jar"));
        environment.put("SLUICE_JAR", jar.toString());
        environment.put("XDG_CACHE_HOME", directory.resolve("cache").toString());

        for (int start = 0; start < 2; start++) {
            Result result = run(SCRIPT, "--version");
            assertEquals(0, result.exitCode(), result.err());
            assertTrue(result.out().startsWith("sluice "), result.out());
        }
    }

    @Test
    void script_noJavaHome_findsAJava() throws IOException, InterruptedException {
        environment.remove("JAVA_HOME");

        Result result = run(SCRIPT, "--version");
        assertTrue(result.out().matches("sluice \\S+ \\(JDK (1[7-9]|[2-9]\\d).*\\R"), result.out() + result.err());
    }

    @Test
    void script_javaHomeWithoutJava_isOneLine() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", directory.toString());

        Result result = run(SCRIPT, "--version");
        assertEquals("sluice: no Java in JAVA_HOME, " + directory + " (expected: a JDK 17 or later)\n", result.err());
        assertEquals(1, result.exitCode());
    }

    @Test
    void script_oldJava_isOneLine() throws IOException, InterruptedException {
        for (String old : List.of("11.0.2", "1.8.0_392")) {
            Path jdk = fakeJdk(old, "exit 1\n");
            environment.put("JAVA_HOME", jdk.toString());

            Result result = run(SCRIPT, "--version");
            String major = old.startsWith("11") ? "11" : "8";
            assertEquals(
                    "sluice: Java " + major + " in " + jdk + " is too old (expected: 17 or later)\n", result.err());
            assertEquals(1, result.exitCode());
        }
    }

    @Test
    void script_noJar_isOneLine() throws IOException, InterruptedException {
        environment.put("SLUICE_JAR", directory.resolve("none.jar").toString());

        Result result = run(SCRIPT, "--version");
        assertEquals(
                "sluice: no " + directory.resolve("none.jar")
                        + " (expected: mvn -q -DskipTests package has built it, or SLUICE_JAR names it)\n",
                result.err());
        assertEquals(1, result.exitCode());
    }

    @Test
    void script_wrongOption_passesArgumentsAndExitCode() throws IOException, InterruptedException {
        Result result = run(SCRIPT, "--port", "9 9");

        assertEquals("sluice: --port: \"9 9\" (expected: a port, 0 to 65535)\n", result.err());
        assertEquals(2, result.exitCode());
    }

    @Test
    void script_serving_answersAndStopsBySignal() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("index.html"), "home");
        Process process = builder(SCRIPT, "--port", "0", "--admin", "off", directory.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.lines()
                    .filter(printed -> printed.startsWith("sluice: serving "))
                    .findFirst()
                    .orElseThrow();
            URI address = URI.create(line.substring(line.lastIndexOf(' ') + 1));
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            assertEquals("home", new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            // The script has become the JVM: the signal reaches the server itself.
            process.destroy();
            assertEquals(0, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }

    private Path fakeJdk(String version, String script) throws IOException {
        Path jdk = Files.createTempDirectory(directory, "jdk");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectory(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return jdk;
    }

    private static List<String> cached(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("sluice"))) {
            return files.map(Path::toString).toList();
        }
    }

    private ProcessBuilder builder(Path script, String... args) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private Result run(Path script, String... args) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = builder(script, args)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int exitCode = process.waitFor();
        return new Result(exitCode, Files.readString(out), Files.readString(err));
    }

    private record Result(int exitCode, String out, String err) {}
}
