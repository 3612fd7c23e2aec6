package dev.sluice.io;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Zstandard (RFC 8878) by zstd-jni. */
final class ZstdEncoder implements StreamEncoder {
    private final ZstdCompressCtx context;

    /**
     * @param level 1 to 22
     * @param windowLog the binary logarithm of the largest window in bytes: at most 23 on the web (RFC 9659 §3)
     */
    ZstdEncoder(int level, int windowLog) {
        this.context = new ZstdCompressCtx()
                .setLevel(level)
                .setWindowLog(windowLog)
                // The transport has checksums, and RFC 9110 has digests for those who want to know.
                .setChecksum(false);
    }

    /**
     * @param size the length of the body in bytes, to which the encoder then adapts its tables and window
     */
    ZstdEncoder(int level, int windowLog, int size) {
        this(level, windowLog);
        context.setPledgedSrcSize(size);
    }

    @Override
    public boolean encode(ByteBuffer in, boolean last, ByteBuffer out) throws IOException {
        // The library takes a buffer's memory or its array, and a read-only one on the heap shows neither.
        ByteBuffer source = in.isDirect() || in.hasArray()
                ? in
                : ByteBuffer.allocate(in.remaining()).put(in.duplicate()).flip();
        try {
            boolean done;
            do {
                done = context.compressByteBufferStream(out, source, last ? EndDirective.END : EndDirective.CONTINUE);
            } while (!done && source.hasRemaining() && out.hasRemaining());
            in.position(in.limit() - source.remaining());
            return last && done;
        } catch (ZstdException e) {
            throw new IOException("zstd: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
