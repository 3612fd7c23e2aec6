package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin API on a name that is called local, and is not: only a process of its own can be given a name service of its own. */
final class AdminExposureIT {
    @TempDir
    private Path directory;

    @Test
    void start_localhostThatIsElsewhere_isRefusedInOneLine() throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), "192.0.2.1 localhost admin.localhost\n");
        for (String host : new String[] {"localhost", "admin.localhost"}) {
            Path err = directory.resolve("err");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djdk.net.hosts.file=" + hosts,
                            "-jar",
                            System.getProperty("sluice.jar"),
                            "--port=0",
                            "--admin=" + host + ":0",
                            directory.toString())
                    .redirectError(err.toFile())
                    .start();
            process.getInputStream().readAllBytes();

            assertEquals(1, process.waitFor());
            String told = Files.readString(err, Charset.defaultCharset());
            assertEquals(
                    "sluice: cannot listen on " + host + ":0 for the admin API: " + host + " is 192.0.2.1 here"
                            + " (expected: a loopback address, or admin.tokenFile with it)\n",
                    told);
        }
    }
}
