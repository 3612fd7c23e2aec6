package dev.sluice.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says of a file: enough to tell one version of it from another.
 *
 * @param size bytes
 * @param modified time of the last change of content, as fine as the file system keeps it
 * @param key device and inode: which file the name stood for
 */
public record FileFacts(long size, Instant modified, Object key) {
    /** Whether the very file that has these facts lies at a place and still has them. */
    boolean areAt(Path place) {
        try {
            return equals(of(Files.readAttributes(place, BasicFileAttributes.class)));
        } catch (IOException gone) {
            return false;
        }
    }

    // Not those of a record: the first of them that a JVM meets it makes methods for, which takes a start 4 % of its
    // time.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileFacts facts
                && size == facts.size
                && modified.equals(facts.modified)
                && Objects.equals(key, facts.key);
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(size) * 31 + modified.hashCode()) * 31 + Objects.hashCode(key);
    }

    static FileFacts of(BasicFileAttributes attributes) {
        return new FileFacts(attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey());
    }
}
