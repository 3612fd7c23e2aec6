package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * A sink that sees every byte in its own {@code write} methods: what XNIO would hand on past those, the last write and the
 * transfer from a channel, is led through them.
 */
abstract sealed class WatchedSink extends AbstractStreamSinkConduit<StreamSinkConduit> permits Outlet, CountingSink {
    WatchedSink(StreamSinkConduit next) {
        super(next);
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        return Conduits.writeFinalBasic(this, src);
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, srcs, offset, length);
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        return Conduits.transfer(source, count, throughBuffer, this);
    }
}
