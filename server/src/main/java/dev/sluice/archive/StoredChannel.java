package dev.sluice.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;

/** Some bytes of an archive's file. */
final class StoredChannel extends ReadOnlyChannel {
    private final Archive archive;
    private final long start;
    private final long length;

    /**
     * @param archive leased; the lease is this channel's from now on
     * @param start of the first byte in the file
     */
    StoredChannel(Archive archive, long start, long length) {
        this.archive = archive;
        this.start = start;
        this.length = length;
    }

    @Override
    public int read(ByteBuffer into, long from) throws IOException {
        requireOpen();
        if (from >= length) {
            return -1;
        }
        ByteBuffer room = into.duplicate();
        room.limit(into.position() + (int) Math.min(into.remaining(), length - from));
        int read = archive.file().read(room, start + from);
        into.position(room.position());
        return read;
    }

    /** To a socket by sendfile(2), as from the archive's file. */
    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        requireOpen();
        return from >= length ? 0 : archive.file().transferTo(start + from, Math.min(count, length - from), target);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) throws IOException {
        return archive.file().map(mode, start + from, size);
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    /** Less than its length if somebody has made the archive shorter. */
    @Override
    public long size() throws IOException {
        return Math.max(0, Math.min(length, archive.file().size() - start));
    }

    @Override
    protected void implCloseChannel() {
        archive.release();
    }
}
