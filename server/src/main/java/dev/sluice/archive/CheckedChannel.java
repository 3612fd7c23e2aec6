package dev.sluice.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A stored entry, compared with its checksum when all of it has been read in order: what is read last is then not given. */
final class CheckedChannel extends ReadOnlyChannel {
    private final StoredChannel stored;
    private final ArchiveEntry entry;
    private final CRC32 crc = new CRC32();
    private long summed;

    /**
     * @param stored its bytes; closed with this
     */
    CheckedChannel(StoredChannel stored, ArchiveEntry entry) {
        this.stored = stored;
        this.entry = entry;
    }

    @Override
    public synchronized int read(ByteBuffer into, long from) throws IOException {
        int begin = into.position();
        int read = stored.read(into, from);
        if (read > 0 && from == summed) {
            crc.update(into.duplicate().flip().position(begin));
            summed += read;
            if (summed == entry.size() && crc.getValue() != entry.crc()) {
                into.position(begin);
                throw new DamagedArchiveException("an entry's content does not match its checksum");
            }
        }
        return read;
    }

    @Override
    public long size() throws IOException {
        return stored.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        stored.close();
    }
}
