package dev.sluice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system in memory that is soon full. Takes root. */
public final class Tmpfs implements AutoCloseable {
    private final Path point;

    private Tmpfs(Path point) {
        this.point = point;
    }

    /**
     * Mounts one. Without the right to, the test is skipped, or fails under continuous integration.
     *
     * @param point an empty folder
     * @param bytes its size
     */
    public static Tmpfs mount(Path point, int bytes) throws IOException, InterruptedException {
        InstalledTool.required("mount");
        InstalledTool.requireThat(
                run("mount", "-t", "tmpfs", "-o", "mode=777,size=" + bytes, "sluice", point.toString()) == 0,
                "nothing can be mounted here");
        return new Tmpfs(point);
    }

    /** Where it is mounted. */
    public Path point() {
        return point;
    }

    /** Writes a file until there is no room for a byte more. */
    public Path fill() throws IOException {
        Path file = point.resolve("ballast");
        byte[] page = new byte[4096];
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            return file;
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return said.isEmpty() ? code : Math.max(1, code);
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "--lazy", point.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
