package dev.sluice.admin;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A file that this package was built with. */
final class ClassPathFile {
    private ClassPathFile() {}

    /**
     * All of it. Blocking.
     *
     * @param name as seen from this package
     * @throws UncheckedIOException if it is missing or unreadable, which a build makes impossible
     */
    static byte[] octets(String name) {
        try (@Nullable InputStream in = ClassPathFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + ": missing (expected: beside this class)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
