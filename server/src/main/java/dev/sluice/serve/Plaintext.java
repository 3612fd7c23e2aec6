package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The last thing before encryption: leads from an exchange over TLS to the {@link Wire} below, and sees the answers that
 * Undertow makes by itself while they can still be read.
 */
final class Plaintext extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final Wire wire;

    Plaintext(Wire wire, StreamSinkConduit encrypted) {
        super(encrypted);
        this.wire = wire;
    }

    Wire wire() {
        return wire;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        int status = unplannedStatus(src);
        int taken = next.write(src);
        tell(status, taken);
        return taken;
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        int status = unplannedStatus(srcs[offset]);
        long taken = next.write(srcs, offset, length);
        tell(status, taken);
        return taken;
    }

    private int unplannedStatus(ByteBuffer head) {
        return wire.link().carrier() == Carrier.TLS ? wire.link().unplannedStatus(head) : 0;
    }

    private void tell(int status, long taken) {
        if (status != 0 && taken > 0) {
            wire.link().tellUnplanned(status);
        }
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
