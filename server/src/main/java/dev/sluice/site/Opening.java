package dev.sluice.site;

import com.sun.nio.file.ExtendedOpenOption;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** How a file is opened for reading. */
enum Opening {
    /** Through the page cache. */
    CACHED,
    /** Past it (O_DIRECT, open(2)): refused by some file systems, and then read by whole blocks only. */
    DIRECT;

    Set<OpenOption> options(boolean followLinks) {
        Set<OpenOption> options = new HashSet<>();
        options.add(StandardOpenOption.READ);
        if (!followLinks) {
            options.add(LinkOption.NOFOLLOW_LINKS);
        }
        if (this == DIRECT) {
            options.add(ExtendedOpenOption.DIRECT);
        }
        return options;
    }
}
