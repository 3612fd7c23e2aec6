package dev.sluice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A file system that shows a folder, read only, and whose disk fails where it is told to. Takes root, {@code /dev/fuse} and
 * Python.
 */
public final class FailingDisk implements AutoCloseable {
    private static final long SECONDS_TO_UNMOUNT = 20;

    private final Path point;
    private final Path program;
    private final Process process;
    private final BufferedReader answers;

    /** What the disk fails to do. */
    public enum Operation {
        /** The look at a file or directory, which opening begins with. */
        LOOKUP,
        /** Opening a file. */
        OPEN,
        /** Reading a file. */
        READ
    }

    private FailingDisk(Path point, Path program, Process process) {
        this.point = point;
        this.program = program;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Mounts one. Without the right to, the test is skipped, or fails under continuous integration.
     *
     * @param folder what it shows
     * @param point an empty folder
     * @param folds whether names are found by spellings that differ in case or in Unicode's composition alone
     */
    public static FailingDisk mount(Path folder, Path point, boolean folds) throws IOException {
        Path python = InstalledTool.required("python3");
        InstalledTool.requireThat(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse cannot be opened here");
        Path program = Files.createTempFile("failing-disk", ".py");
        try (InputStream text = FailingDisk.class.getResourceAsStream("failing_disk.py")) {
            Files.write(program, text.readAllBytes());
        }
        List<String> command =
                new ArrayList<>(List.of(python.toString(), program.toString(), folder.toString(), point.toString()));
        if (folds) {
            command.add("fold");
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        FailingDisk disk = new FailingDisk(point, program, process);
        boolean mounted = "ok".equals(disk.answers.readLine());
        if (!mounted) {
            disk.close();
        }
        InstalledTool.requireThat(mounted, "nothing can be mounted here");
        return disk;
    }

    /** Where it is mounted. */
    public Path point() {
        return point;
    }

    /** Has an operation on a path fail with an I/O error (EIO) from now on. */
    public void fail(Operation operation, String path) throws IOException {
        fail(operation, path, 0);
    }

    /**
     * The same for reads of what lies behind an offset alone.
     *
     * @param offset in bytes
     */
    public void fail(Operation operation, String path, long offset) throws IOException {
        command("fail " + operation.name().toLowerCase(Locale.ROOT) + ' ' + path + ' ' + offset);
    }

    /** Nothing fails any more. */
    public void mend() throws IOException {
        command("mend");
    }

    private synchronized void command(String line) throws IOException {
        process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String answer = answers.readLine();
        if (!"ok".equals(answer)) {
            throw new IOException(line + ": " + answer);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor(SECONDS_TO_UNMOUNT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            Files.delete(program);
        }
    }
}
