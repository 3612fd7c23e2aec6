package dev.sluice.cli;

import dev.sluice.app.Version;
import picocli.CommandLine.IVersionProvider;

/** The version of Sluice, and of the JVM under it. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        Runtime.Version java = Runtime.version();
        return new String[] {
            "sluice " + Version.current() + " (JDK " + java + ", " + System.getProperty("java.vendor") + ")"
        };
    }
}
