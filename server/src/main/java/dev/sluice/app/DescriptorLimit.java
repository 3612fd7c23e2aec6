package dev.sluice.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files and connections this process may have open (RLIMIT_NOFILE, getrlimit(2)), and how many of them may be
 * connections.
 *
 * <p>The JVM has raised the soft limit to the hard one before anything of ours runs. It is read from the kernel and not asked of
 * the JDK, whose answer takes a tenth of a start.
 */
final class DescriptorLimit {
    private static final Pattern SOFT = Pattern.compile("(?m)^Max open files +([0-9]+)");

    private final int descriptors;

    /**
     * @param descriptors the limit; at least 2
     */
    DescriptorLimit(int descriptors) {
        this.descriptors = descriptors;
    }

    /** This process's; where the kernel does not say, none. */
    static DescriptorLimit ofThisProcess() {
        return of(Path.of("/proc/self/limits"));
    }

    /** As written down in a file of proc(5). */
    static DescriptorLimit of(Path limits) {
        try {
            Matcher soft = SOFT.matcher(Files.readString(limits));
            if (soft.find()) {
                return new DescriptorLimit((int) Math.min(Integer.MAX_VALUE, Long.parseLong(soft.group(1))));
            }
        } catch (IOException | NumberFormatException notHere) {
            // Then a listener takes as many as it is told to.
        }
        return new DescriptorLimit(Integer.MAX_VALUE);
    }

    /** How many there are in all. */
    int descriptors() {
        return descriptors;
    }

    /**
     * How many connections each of some listeners may have, of those that are wished for: half of all descriptors, so that
     * the other half is left for files. A listener that is full waits until a connection is closed, and goes on at once; one that
     * the kernel refuses a descriptor tries again after up to half a minute (XNIO 3.8).
     */
    int connections(int wished, int listeners) {
        return Math.max(1, Math.min(wished, descriptors / 2 / listeners));
    }
}
