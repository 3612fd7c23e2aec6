package dev.sluice.serve;

import dev.sluice.io.StreamEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Compresses a file while it is sent, and breaks off if it changes meanwhile. */
final class CompressedFile implements Producer {
    private static final int IN = 64 << 10;
    private static final int OUT = 32 << 10;

    private final Source.FromFile file;
    private final StreamEncoder encoder;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN).limit(0);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT);
    private long position;
    private boolean done;

    CompressedFile(Source.FromFile file, StreamEncoder encoder) {
        this.file = file;
        this.encoder = encoder;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        out.clear();
        while (!done && out.hasRemaining()) {
            if (!in.hasRemaining()) {
                refill();
            }
            done = encoder.encode(in, position == file.facts().size(), out);
        }
        if (done && !file.unchanged().check()) {
            throw new ShrunkException();
        }
        return out.flip().hasRemaining() ? out : null;
    }

    private void refill() throws IOException {
        in.clear().limit((int) Math.min(IN, file.facts().size() - position));
        int read = in.hasRemaining() ? file.file().channel().read(in, position) : 0;
        if (read < 0) {
            throw new ShrunkException();
        }
        position += read;
        in.flip();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
