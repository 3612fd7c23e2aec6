package dev.sluice.site;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says of a member of a directory; of a link that is followed, what it says of its target.
 *
 * @param name in the directory
 * @param directory whether it is a directory rather than a regular file
 * @param size in bytes, where it is a file
 * @param modified time of the last change of content
 */
public record Member(String name, boolean directory, long size, Instant modified) {
    /** Returns null for what is neither file nor directory. */
    static @Nullable Member of(String name, BasicFileAttributes attributes) {
        return attributes.isRegularFile() || attributes.isDirectory()
                ? new Member(
                        name,
                        attributes.isDirectory(),
                        attributes.size(),
                        attributes.lastModifiedTime().toInstant())
                : null;
    }
}
