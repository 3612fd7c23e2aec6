package dev.sluice.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The content of a deflated entry. Reading on is cheap; to read from before means to begin anew. For one reader.
 */
public final class InflatedChannel extends ReadOnlyChannel {
    private final StoredChannel deflated;
    private final ArchiveEntry entry;
    private @Nullable Inflation inflation;

    /**
     * @param deflated its bytes in the archive; closed with this
     */
    InflatedChannel(StoredChannel deflated, ArchiveEntry entry) {
        this.deflated = deflated;
        this.entry = entry;
    }

    /** Its bytes as they lie in the archive, closed with this. */
    public FileChannel deflated() {
        return deflated;
    }

    /** What the archive says of it. */
    public ArchiveEntry entry() {
        return entry;
    }

    @Override
    public synchronized int read(ByteBuffer into, long from) throws IOException {
        if (from >= entry.size()) {
            return -1;
        }
        Inflation current = inflation;
        if (current == null || current.position() > from) {
            end();
            current = new Inflation(deflated, entry);
            inflation = current;
        }
        current.skipTo(from, Long.MAX_VALUE);
        return current.read(into);
    }

    @Override
    public long size() {
        return entry.size();
    }

    private void end() {
        if (inflation != null) {
            inflation.close();
        }
    }

    @Override
    protected synchronized void implCloseChannel() throws IOException {
        end();
        deflated.close();
    }
}
