package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged jar, started as a user does. Its errors go to a file, so that neither stream can block the other. */
public final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    private Program(Process process, Path errors) {
        this.process = process;
        this.out = process.inputReader(Charset.defaultCharset());
        this.errors = errors;
    }

    public static Program start(Path directory, String... arguments) throws IOException {
        return start(directory, plainJar(Path.of(System.getProperty("sluice.jar"))), arguments);
    }

    /** The command that starts a jar with this JVM's JDK. */
    static List<String> plainJar(Path jar) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString());
    }

    /** Starts it by another command, to which the arguments are added. */
    public static Program start(Path directory, List<String> launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, "errors", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        return new Program(process, errors);
    }

    /** The address at the end of the next line, which begins with that text. */
    public URI announced(String beginning) throws IOException {
        String line = out.readLine();
        assertTrue(
                line != null && line.startsWith(beginning), () -> line + " instead of " + beginning + "; " + errors());
        return URI.create(line.substring(beginning.length()));
    }

    /** The next line that it writes to its standard output, which is closed when it is asked to stop. */
    String nextLine() throws IOException {
        return out.readLine();
    }

    /** The number of its process, for tools that look into it. */
    public long pid() {
        return process.pid();
    }

    /** Sends it another signal. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                .inheritIO()
                .start();
        assertTrue(kill.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS) && kill.exitValue() == 0, "no " + name);
    }

    /** Asks it to stop, as a service manager does. */
    public void terminate() {
        process.destroy();
    }

    public int exitCode() throws InterruptedException {
        // The launcher's first start writes an archive of classes, which takes a busy machine its time.
        assertTrue(process.waitFor(3 * Await.PATIENCE.toSeconds(), TimeUnit.SECONDS), "it runs on");
        return process.exitValue();
    }

    public String errors() {
        try {
            return Files.readString(errors, Charset.defaultCharset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever it still writes to its standard output, to the end. */
    String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
