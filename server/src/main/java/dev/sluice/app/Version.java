package dev.sluice.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Which Sluice this is. */
public final class Version {
    private static final String RESOURCE = "version.properties";

    private Version() {}

    /**
     * The version as the build stamped it, such as {@code 0.1.0}.
     *
     * @throws UncheckedIOException if the resource is missing or unreadable, which a build makes impossible
     */
    public static String current() {
        try (@Nullable InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + ": missing (expected: beside this class)");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
