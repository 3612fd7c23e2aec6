package dev.sluice.site;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the facts of a file that is open here but may have lost its name.
 *
 * <p>The JDK asks paths, not descriptors, for a time stamp; on Linux each descriptor is a path too (proc(5)). Which number
 * belongs to a channel need not be known: any descriptor of the same file tells the same.
 */
final class OpenDescriptors {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenDescriptors() {}

    /**
     * Looks through this process's descriptors for a file. Costs about a microsecond for each descriptor.
     *
     * @param key the file's key
     * @return its facts now, or null if no descriptor of it is found, or the system has no such directory
     */
    static @Nullable FileFacts factsOf(Object key) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                FileFacts facts = facts(descriptor);
                if (facts != null && facts.key().equals(key)) {
                    return facts;
                }
            }
        } catch (IOException notHere) {
            return null;
        }
        return null;
    }

    private static @Nullable FileFacts facts(Path descriptor) {
        try {
            return FileFacts.of(Files.readAttributes(descriptor, BasicFileAttributes.class));
        } catch (IOException closedMeanwhile) {
            return null;
        }
    }
}
