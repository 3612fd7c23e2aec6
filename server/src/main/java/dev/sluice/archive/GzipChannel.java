package dev.sluice.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A deflated entry as a gzip file (RFC 1952 §2.3): a header without a name or a time, the entry's bytes as they lie in the archive,
 * its checksum, and its size modulo 2^32.
 */
final class GzipChannel extends ReadOnlyChannel {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER = 8;

    /** What is added to the entry's bytes. */
    static final int ADDED = HEADER.length + TRAILER;

    private final StoredChannel deflated;
    private final long trailerAt;
    private final ByteBuffer trailer;

    /**
     * @param deflated the entry's bytes in the archive; closed with this
     */
    GzipChannel(StoredChannel deflated, ArchiveEntry entry) {
        this.deflated = deflated;
        this.trailerAt = HEADER.length + entry.compressedSize();
        this.trailer = ByteBuffer.allocate(TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) entry.crc())
                .putInt((int) entry.size())
                .flip();
    }

    @Override
    public int read(ByteBuffer into, long from) throws IOException {
        ByteBuffer ours = ours(from, into.remaining());
        if (ours == null) {
            return deflated.read(into, from - HEADER.length);
        }
        int read = ours.remaining();
        into.put(ours);
        return read == 0 && into.hasRemaining() ? -1 : read;
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        ByteBuffer ours = ours(from, count);
        if (ours == null) {
            return deflated.transferTo(from - HEADER.length, count, target);
        }
        long sent = target.write(ours);
        // The header alone is hardly worth a call.
        return from + sent == HEADER.length && sent < count
                ? sent + deflated.transferTo(0, count - sent, target)
                : sent;
    }

    /** The bytes from there that do not lie in the archive, or null if those from there do. */
    private @Nullable ByteBuffer ours(long from, long most) {
        if (from >= HEADER.length && from < trailerAt) {
            return null;
        }
        ByteBuffer whole = from < HEADER.length ? ByteBuffer.wrap(HEADER) : trailer.duplicate();
        int at = (int) Math.min(whole.limit(), from < HEADER.length ? from : from - trailerAt);
        return whole.slice(at, (int) Math.min(most, whole.limit() - at));
    }

    /** For questions about pages in memory: header and trailer stand for what lies around the entry in the archive. */
    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) throws IOException {
        return deflated.map(mode, from - HEADER.length, size);
    }

    @Override
    public long size() throws IOException {
        return deflated.size() == trailerAt - HEADER.length ? trailerAt + TRAILER : HEADER.length + deflated.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        deflated.close();
    }
}
