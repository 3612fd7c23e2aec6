package dev.sluice.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.InstalledTool;
import dev.sluice.tls.ToolRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Builds images without an engine: by chroot, and with a copy of the whole for each layer, so that it takes no more than root.
 * What it keeps lies in a folder.
 */
final class Buildah implements AutoCloseable {
    /** Of a build on a busy machine. */
    private static final long SECONDS = 900;

    private static final String BASE = "localhost/base";

    private final Path folder;

    Buildah(Path folder) {
        this.folder = folder;
    }

    /** Skips the test, or fails it under continuous integration, where something is missing. */
    static void assumeInstalled() {
        InstalledTool.requireThat("root".equals(System.getProperty("user.name")), "only root can change the root");
        List.of("buildah", "unshare", "nsenter", "chroot", "ip", "dpkg", "mvn", "javac")
                .forEach(InstalledTool::required);
    }

    /**
     * Makes an image of this machine's own packages, which stands in for those that the Dockerfile names.
     *
     * @param programs that are to be in it
     * @return its name
     */
    String base(String... programs) throws Exception {
        Path context = Files.createDirectory(folder.resolve("base"));
        Path script = folder.resolve("container_base.sh");
        try (InputStream in = Buildah.class.getResourceAsStream("/dev/sluice/container_base.sh")) {
            Files.copy(in, script);
        }
        List<String> arguments = new ArrayList<>(
                List.of(script.toString(), context.resolve("root.tar").toString()));
        arguments.addAll(List.of(programs));
        run("sh", arguments);
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch
                ADD root.tar /
                ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
                RUN mkdir -m 1777 /tmp && mkdir -p /root /srv /opt /proc /sys /dev /var/log/apt /var/cache/debconf
                RUN mkdir -p /var/lib/apt/lists/partial /var/cache/apt/archives/partial
                """);
        build(BASE, context, List.of());
        Files.delete(context.resolve("root.tar"));
        return BASE;
    }

    /** Builds an image of what is in a folder. */
    void build(String image, Path context, List<String> options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("build", "--isolation=chroot", "--format=docker"));
        arguments.addAll(options);
        arguments.addAll(List.of("--tag=" + image, context.toString()));
        buildah(arguments);
    }

    /** What an image says of itself. */
    JsonNode inspect(String image) throws Exception {
        return JsonMapper.builder()
                .build()
                .readTree(buildah(List.of("inspect", "--type=image", image)))
                .get("Docker");
    }

    /** The bytes of an image. */
    String size(String image) throws Exception {
        return buildah(List.of("images", "--format={{.Size}}", image)).strip();
    }

    /** Unpacks an image, and tells where its root is. */
    Path unpack(String image) throws Exception {
        String container = buildah(List.of("from", "--pull-never", image)).strip();
        return Path.of(buildah(List.of("mount", container)).strip());
    }

    private String buildah(List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "--root=" + folder.resolve("images"), "--runroot=" + folder.resolve("run"), "--storage-driver=vfs"));
        all.addAll(arguments);
        return run("buildah", all);
    }

    private String run(String program, List<String> arguments) throws Exception {
        ToolRun run = ToolRun.of(folder, SECONDS, program, arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), () -> program + " " + arguments + ": " + run.said());
        return run.said();
    }

    /** Removes what it keeps: JUnit would say a line about each link in an image that leads out of the folder. */
    @Override
    public void close() throws IOException {
        for (String kept : List.of("images", "run")) {
            Path root = folder.resolve(kept);
            if (Files.exists(root)) {
                try (Stream<Path> all = Files.walk(root)) {
                    for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(one);
                    }
                }
            }
        }
    }
}
