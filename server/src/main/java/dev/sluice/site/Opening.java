package dev.sluice.site;

import com.sun.nio.file.ExtendedOpenOption;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** How a file is opened for reading. */
enum Opening {
    /** Through the page cache. */
    CACHED,
    /** Past it (O_DIRECT, open(2)): refused by some file systems, and then read by whole blocks only. */
    DIRECT;

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> READ_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_DIRECT = Set.of(StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
    private static final Set<OpenOption> READ_DIRECT_NO_LINK =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT);

    Set<OpenOption> options(boolean followLinks) {
        return switch (this) {
            case CACHED -> followLinks ? READ : READ_NO_LINK;
            case DIRECT -> followLinks ? READ_DIRECT : READ_DIRECT_NO_LINK;
        };
    }
}
