package dev.sluice.serve;

import dev.sluice.io.OpenFile;
import org.jspecify.annotations.Nullable;

/** Opens a file past the page cache. Blocking. */
@FunctionalInterface
interface Bypass {
    /** For files that are never read so. */
    Bypass NONE = () -> null;

    /** The file, leased; null if its file system refuses that, or the file has changed or gone since it was found. */
    @Nullable
    OpenFile open();
}
