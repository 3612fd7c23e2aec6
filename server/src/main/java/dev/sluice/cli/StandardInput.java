package dev.sluice.cli;

import dev.sluice.access.PasswordHash;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A password from the terminal, without echo, or else from standard input. If standard output leads elsewhere, the JDK
 * says that there is no terminal.
 */
final class StandardInput implements PasswordInput {
    /** Far more than a password may have: one that is too long is to be told from an endless stream. */
    private static final int LONGEST_LINE = 4096;

    private final Supplier<@Nullable Console> terminal;
    private final InputStream in;

    /**
     * @param terminal gives the terminal, or null if there is none; asked when a password is wanted
     * @param in where a line comes from then, in UTF-8, as browsers send passwords
     */
    StandardInput(Supplier<@Nullable Console> terminal, InputStream in) {
        this.terminal = terminal;
        this.in = in;
    }

    @Override
    public String read() throws IOException {
        @Nullable Console console = terminal.get();
        if (console == null) {
            return line();
        }
        String password = ask(console, "Password: ");
        if (!password.equals(ask(console, "Again: "))) {
            throw new IllegalArgumentException("password: two different ones (expected: the same one twice)");
        }
        return password;
    }

    private static String ask(Console console, String prompt) {
        char @Nullable [] typed = console.readPassword("%s", prompt);
        if (typed == null) {
            throw nothing();
        }
        return new String(typed);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            throw nothing();
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == LONGEST_LINE) {
                throw new IllegalArgumentException("password: more than " + LONGEST_LINE + " bytes (expected: 1 to "
                        + PasswordHash.MAX_BYTES + ")");
            }
            line.write(next);
        }
        String text = decode(line.toByteArray());
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static IllegalArgumentException nothing() {
        return new IllegalArgumentException("password: none (expected: a line)");
    }

    private static String decode(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("password: other bytes (expected: text in UTF-8)", e);
        }
    }
}
