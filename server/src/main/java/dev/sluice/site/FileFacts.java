package dev.sluice.site;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What the file system says of a file: enough to tell one version of it from another.
 *
 * @param size bytes
 * @param modified time of the last change of content, as fine as the file system keeps it
 * @param key device and inode: which file the name stood for
 */
public record FileFacts(long size, Instant modified, Object key) {
    static FileFacts of(BasicFileAttributes attributes) {
        return new FileFacts(attributes.size(), attributes.lastModifiedTime().toInstant(), attributes.fileKey());
    }
}
