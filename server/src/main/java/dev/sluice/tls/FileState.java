package dev.sluice.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells one version of a file from the next. Links are followed: certbot renews by pointing a link at another file.
 *
 * @param path of the file
 * @param size in bytes, or -1 if it cannot be looked at
 * @param modified when it was last written to, or null
 * @param key of the file in its file system, or null
 */
record FileState(
        Path path,
        long size,
        @Nullable FileTime modified,
        @Nullable Object key) {
    static FileState of(Path path) {
        try {
            BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileState(path, facts.size(), facts.lastModifiedTime(), facts.fileKey());
        } catch (IOException gone) {
            return new FileState(path, -1, null, null);
        }
    }
}
