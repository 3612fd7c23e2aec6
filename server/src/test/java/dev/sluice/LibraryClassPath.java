package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** What an application has on its class path that names Sluice as its only dependency: what is not optional, and what that needs. */
final class LibraryClassPath {
    /** Direct dependencies that are not optional. */
    static final Set<String> DIRECT =
            Set.of("undertow-core", "xnio-api", "jackson-core", "caffeine", "HdrHistogram", "mime-db", "jspecify");

    /** What those need: as Maven resolves them, with nothing of the rest. */
    private static final Set<String> INDIRECT = Set.of(
            "jboss-logging",
            "jboss-threads",
            "smallrye-common-annotation",
            "smallrye-common-constraint",
            "smallrye-common-cpu",
            "smallrye-common-function",
            "wildfly-client-config",
            "wildfly-common",
            "xnio-nio",
            "error_prone_annotations");

    private LibraryClassPath() {}

    /** The classes of this build. */
    static Path classes() throws URISyntaxException {
        return Path.of(StaticFiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /**
     * The class path.
     *
     * @param sluice our own classes, in a jar or a folder
     */
    static List<Path> with(Path sluice) {
        List<Path> paths = new ArrayList<>(List.of(sluice));
        Set<String> found = new TreeSet<>();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
            // In a repository a jar lies in the folder of its version, and that in the folder of its artifact.
            Path version = Path.of(entry).toAbsolutePath().getParent();
            String artifact = version.getParent() == null
                    ? ""
                    : String.valueOf(version.getParent().getFileName());
            if (entry.endsWith(".jar") && (DIRECT.contains(artifact) || INDIRECT.contains(artifact))) {
                found.add(artifact);
                paths.add(Path.of(entry));
            }
        }
        Set<String> wanted = new TreeSet<>(DIRECT);
        wanted.addAll(INDIRECT);
        assertEquals(wanted, found, "jars of the library's class path");
        return paths;
    }

    static String text(List<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    /** Compiles a source file against a class path, into a folder, without a warning. */
    static void compile(Path source, List<Path> against, Path into) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path messages = Files.createTempFile(into, "javac", ".txt");
        try (var out = Files.newOutputStream(messages)) {
            int code = compiler.run(
                    null,
                    out,
                    out,
                    Stream.concat(
                                    Arrays.stream(new String[] {
                                        "-Xlint:all", "-Xlint:-classfile", "-proc:none", "-d", into.toString(), "-cp"
                                    }),
                                    Stream.of(text(against), source.toString()))
                            .toArray(String[]::new));
            assertEquals("0 ", code + " " + Files.readString(messages));
        }
    }
}
