package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import dev.sluice.io.DirectStores;
import dev.sluice.io.OpenFile;
import dev.sluice.io.OpenFiles;
import dev.sluice.site.FileFacts;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Opens a file that was found once more, with O_DIRECT.
 *
 * @param path where it was found
 * @param coding which of its representations
 * @param facts of the version that is to be sent
 */
record PageCacheBypass(Resolver resolver, OpenFiles openFiles, SitePath path, ContentCoding coding, FileFacts facts)
        implements Bypass, DirectStores.Opening {
    @Override
    public @Nullable OpenFile open() {
        return openFiles.acquireDirect(facts, () -> resolver.store(path, coding), this);
    }

    @Override
    public @Nullable FileChannel openDirect() throws IOException {
        return resolver.openDirect(path, coding, facts);
    }

    @Override
    public boolean opensOtherwise() {
        try {
            return resolver.unchanged(path, coding, facts);
        } catch (IOException neither) {
            return false;
        }
    }
}
