package dev.sluice.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip (RFC 1952) by the JDK's Deflater. The header has no name and no time, so that equal bodies have equal codings;
 * {@code GZIPOutputStream} can neither set the level nor be fed from a mapping.
 */
final class GzipEncoder implements StreamEncoder {
    /** Magic, deflate, no flags, no time, no word on the effort, and "unknown" for the system it was made on. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();

    /** The header, and later the trailer, as far as it is not yet out. */
    private ByteBuffer frame = ByteBuffer.wrap(HEADER);

    private boolean trailing;

    /**
     * @param level 1 to 9
     */
    GzipEncoder(int level) {
        this.deflater = new Deflater(level, true);
    }

    @Override
    public boolean encode(ByteBuffer in, boolean last, ByteBuffer out) {
        Buffers.move(frame, out);
        if (!trailing) {
            deflate(in, last, out);
            if (deflater.finished()) {
                trailing = true;
                frame = trailer();
                Buffers.move(frame, out);
            }
        }
        return trailing && !frame.hasRemaining();
    }

    private void deflate(ByteBuffer in, boolean last, ByteBuffer out) {
        ByteBuffer taken = in.duplicate();
        deflater.setInput(in);
        if (last) {
            deflater.finish();
        }
        while (out.hasRemaining() && !deflater.finished() && (last || !deflater.needsInput())) {
            deflater.deflate(out);
        }
        // What it did not take it would read from a buffer that is the caller's again.
        deflater.setInput(NOTHING);
        checksum.update(taken.limit(in.position()));
    }

    private ByteBuffer trailer() {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .putInt((int) deflater.getBytesRead())
                .flip();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
