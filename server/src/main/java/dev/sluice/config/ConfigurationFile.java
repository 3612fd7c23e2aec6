package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A configuration's file.
 *
 * @param file the file as the user named it
 * @param workingDirectory where a relative name starts
 */
record ConfigurationFile(Path file, Path workingDirectory) {
    /** Far above any sane configuration, and far below what would hurt when a wrong file is named. */
    private static final ByteSize MAX_SIZE = ByteSize.ofMebibytes(1);

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * Reads the file into a tree.
     *
     * @throws ConfigurationException if there is no tree: the file cannot be read or is not YAML
     */
    Node read(Problems problems) throws ConfigurationException {
        String text = text();
        try {
            return YamlReader.read(text, "", (line, column) -> new Place.InFile(file, line, column), problems);
        } catch (SyntaxException e) {
            problems.throwIfAny();
            throw new IllegalStateException("a syntax error without a problem", e);
        }
    }

    /**
     * Reads the file as text, without a byte order mark.
     *
     * @throws ConfigurationException if it cannot be read or is not UTF-8
     */
    String text() throws ConfigurationException {
        return decode(bytes());
    }

    /** Bounded by what is read, not by what the file system says: the file may be a pipe. */
    private byte[] bytes() throws ConfigurationException {
        Path path = workingDirectory.resolve(file);
        if (Files.isDirectory(path)) {
            throw unreadable("a directory");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes((int) MAX_SIZE.bytes() + 1);
            if (bytes.length > MAX_SIZE.bytes()) {
                throw new ConfigurationException(
                        List.of(file + ": too large (expected: at most " + MAX_SIZE.spaced() + ")"));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw unreadable("no such file");
        } catch (AccessDeniedException e) {
            throw unreadable("may not be read");
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private String decode(byte[] bytes) throws ConfigurationException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw unreadable("not UTF-8");
        }
    }

    private ConfigurationException unreadable(String fault) {
        return new ConfigurationException(List.of(file + ": " + fault + " (expected: a YAML file that can be read)"));
    }
}
