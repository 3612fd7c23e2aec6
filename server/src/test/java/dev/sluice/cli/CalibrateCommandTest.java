package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.calibration.Scope;
import dev.sluice.config.ConfigurationLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CalibrateCommandTest {
    private static final Scope TINY =
            new Scope(List.of(512L, 1L << 20), List.of(65_536L), Scope.LEAST_ROUNDS, Duration.ZERO);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... args) {
        ConfigurationLoader loader = new ConfigurationLoader(directory, Map.of());
        return new CommandLine(new CalibrateCommand(loader, directory, TINY).spec())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void calibrate_folder_printsTablesAndProposals() {
        assertEquals(ExitCode.DONE, run(directory.toString()));

        String printed = out.toString();
        assertTrue(printed.contains("measuring in " + directory), printed);
        assertTrue(printed.contains("CPU of the sending thread, ns a byte, warm"), printed);
        for (String key : List.of("cache.maxFileSize: ", "io.sendfileChunk: ", "io.directMinSize: ")) {
            assertTrue(printed.contains("\n" + key), printed);
        }
        assertEquals("", err.toString());
    }

    @Test
    void calibrate_svg_drawsAChart() throws IOException {
        assertEquals(ExitCode.DONE, run("--svg", "chart.svg"));

        assertTrue(Files.readString(directory.resolve("chart.svg")).startsWith("<svg "));
    }

    @Test
    void calibrate_write_addsTheGroupToTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("site.yaml"), "# mine\nio: {workers: 4}\n");

        assertEquals(ExitCode.DONE, run("-c", "site.yaml", "--write", "."));

        assertTrue(Files.readString(file).startsWith("# mine\nio: {workers: 4}\n\ncalibration:\n"));
        assertTrue(out.toString().endsWith("written to site.yaml\n"), out::toString);
    }

    /** Refused before a minute has gone into measuring. */
    @Test
    void calibrate_fileThatCannotBeEdited_isRefusedFirst() throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "{io: {workers: 4}}\n");

        run("-c", "site.yaml", "--write", ".");

        assertEquals("", out.toString());
    }

    @Test
    void calibrate_writeWithoutAFile_isWrongUsage() {
        assertEquals(ExitCode.USAGE, run("--write"));

        assertEquals("sluice: --write needs a configuration to write to (expected: --config FILE)\n", err.toString());
        assertEquals("", out.toString());
    }

    @Test
    void calibrate_chartThatCannotBeWritten_fails() {
        assertEquals(ExitCode.FAILED, run("--svg", "absent/chart.svg"));

        assertTrue(err.toString().startsWith("sluice: "), err::toString);
    }
}
