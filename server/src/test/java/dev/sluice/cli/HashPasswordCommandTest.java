package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.access.PasswordHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashPasswordCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"gehäim\n", "gehäim", "gehäim\r\n", "gehäim\nsecond line\n"})
    void call_pipedLine_printsItsHashAlone(String input) {
        assertEquals(ExitCode.DONE, run(bytes(input), "--cost", "5"));

        PasswordHash hash = hash();
        assertTrue(hash.matches("gehäim"));
        assertEquals(5, hash.cost());
        assertEquals("", err.toString());
    }

    @Test
    void call_noCost_takesTheDefault() {
        assertEquals(ExitCode.DONE, run(bytes("x\n")));

        assertEquals(PasswordHash.DEFAULT_COST, hash().cost());
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',password: none (expected: a line)",
                "'\n',password: 0 bytes (expected: 1 to 72 in UTF-8)",
                "ääääääääääääääääääääääääääääääääääääx,password: 73 bytes (expected: 1 to 72 in UTF-8)",
            })
    void call_unusablePassword_isOneLineAndExitCode2(String input, String message) {
        assertRefused(message, bytes(input), "--cost=4");
    }

    @Test
    void call_otherBytesThanUtf8_isOneLineAndExitCode2() {
        assertRefused(
                "password: other bytes (expected: text in UTF-8)", new ByteArrayInputStream(new byte[] {(byte) 0xe4}));
    }

    @Test
    void call_muchTooLongLine_isOneLineAndExitCode2() {
        assertRefused("password: more than 4096 bytes (expected: 1 to 72)", bytes("x".repeat(4097)));
    }

    /** Before the password is asked for: the input would be an error too. */
    @ParameterizedTest
    @ValueSource(strings = {"3", "17", "x", "", "-4", "12345678901"})
    void call_costOutOfBounds_isOneLineAndExitCode2(String cost) {
        assertRefused("--cost: \"" + cost + "\" (expected: 4 to 16)", bytes(""), "--cost=" + cost);
    }

    @Test
    void call_inputFails_isOneLineAndExitCode1() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();

        assertEquals(ExitCode.FAILED, run(closed));
        assertEquals("sluice: java.io.IOException: Stream closed" + System.lineSeparator(), err.toString());
    }

    private void assertRefused(String message, InputStream input, String... options) {
        assertEquals(ExitCode.USAGE, run(input, options));
        assertEquals("sluice: " + message + System.lineSeparator(), err.toString());
        assertEquals("", out.toString());
    }

    private PasswordHash hash() {
        String printed = out.toString();
        assertTrue(printed.endsWith(System.lineSeparator()), printed);
        return new PasswordHash(
                printed.substring(0, printed.length() - System.lineSeparator().length()));
    }

    private int run(InputStream input, String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "hash-password";
        System.arraycopy(options, 0, args, 1, options.length);
        PasswordInput passwords = new StandardInput(() -> null, input);
        Launcher none = (configuration, shared, announced) -> {
            throw new AssertionError("nothing is to be served");
        };
        return new CommandLineRunner(
                        none, passwords, Path.of(""), Map.of(), () -> false, new PrintWriter(out), new PrintWriter(err))
                .run(args);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
