package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BrowserTest {
    private static final String URL = "http://127.0.0.1:8080/";

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private void open(String browser) {
        Browser.of(Map.of("BROWSER", browser), new PrintWriter(err)).open(URL);
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("browser"), "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', http://127.0.0.1:8080/",
        "' --new', --new http://127.0.0.1:8080/",
        "' --app=%s -x', --app=http://127.0.0.1:8080/ -x"
    })
    void open_browserOfTheEnvironment_isGivenTheUrl(String arguments, String expected) throws IOException {
        Path seen = folder.resolve("seen");
        Path script = script("echo \"$@\" > " + seen + ".part && mv " + seen + ".part " + seen + "\n");

        open(script + arguments);

        assertEquals(expected, Await.present("the browser", () -> read(seen)).strip());
        assertEquals("", err.toString());
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void open_browserThatIsNot_isToldInOneLine() {
        open(folder.resolve("none").toString());

        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("sluice: cannot open a browser: "), err::toString);
        assertTrue(err.toString().endsWith("; visit " + URL + System.lineSeparator()), err::toString);
    }

    @Test
    void open_browserThatFails_isToldInOneLine() throws IOException {
        Path script = script("echo noise; echo noise >&2; exit 3\n");

        open(script.toString());

        String told = Await.present(
                "the failure", () -> Optional.of(err.toString()).filter(text -> text.endsWith(System.lineSeparator())));
        assertEquals("sluice: cannot open a browser: " + script + " ended with code 3; visit " + URL, told.strip());
    }
}
