package dev.sluice.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file of a listener as a whole. */
final class InputFile {
    private InputFile() {}

    /**
     * Reads it.
     *
     * @param what the file is to hold, for messages
     */
    static byte[] read(Path path, String what) throws TlsException {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new TlsException(what + " " + path + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new TlsException(what + " " + path + ": permission denied", e);
        } catch (IOException e) {
            throw new TlsException(what + " " + path + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
