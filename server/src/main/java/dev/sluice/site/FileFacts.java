package dev.sluice.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the file system says of a file: enough to tell one version of it from another.
 *
 * @param size bytes
 * @param modified time of the last change of content, as fine as the file system keeps it
 * @param key device and inode: which file the name stood for; of one in an archive, which entry of which version of which archive
 */
public record FileFacts(long size, Instant modified, Object key) {
    /**
     * Image builds stamp files with the epoch, zip archives with the start of 1980, Gradle with that of its February: such a date says
     * nothing (RFC 9110 §8.8.2.1).
     */
    private static final Instant MEANINGLESS = Instant.parse("1980-02-01T00:00:00Z");

    /** Whether it lies in an archive, of which nobody changes a part. */
    public boolean inArchive() {
        return key instanceof EntryKey;
    }

    /**
     * What tells its content from any other, as far as that can be told without reading it: of one in an archive its size and
     * checksum; of another file its size and time, which copies keep, so that replicas agree and a download can be resumed at another
     * one. A file whose time says nothing is told by its key, too, on which replicas do not agree.
     */
    public String content() {
        if (key instanceof EntryKey entry) {
            return size + " " + entry.content();
        }
        return size + " " + modified + (isDated() ? "" : " " + key);
    }

    /** Whether its time says when it was written; that of images and archives that are built to be the same each time does not. */
    public boolean isDated() {
        return modified.truncatedTo(ChronoUnit.SECONDS).isAfter(MEANINGLESS);
    }

    /** Whether the very file that has these facts, or the archive that it is in, lies at a place and still has them. */
    boolean areAt(Path place) {
        if (key instanceof EntryKey entry) {
            return entry.archive().areAt(place);
        }
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
