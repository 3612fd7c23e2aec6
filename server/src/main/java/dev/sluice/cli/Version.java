package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version of Sluice, which the build writes into a resource, and of the JVM under it. */
final class Version implements IVersionProvider {
    private static final String RESOURCE = "version.properties";

    @Override
    public String[] getVersion() throws IOException {
        Runtime.Version java = Runtime.version();
        return new String[] {"sluice " + sluice() + " (JDK " + java + ", " + System.getProperty("java.vendor") + ")"};
    }

    private static String sluice() throws IOException {
        try (@Nullable InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + ": missing (expected: beside this class)");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        }
    }
}
