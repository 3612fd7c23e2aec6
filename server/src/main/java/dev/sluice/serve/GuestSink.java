package dev.sluice.serve;

import org.xnio.conduits.StreamSinkConduit;

/**
 * The last thing before somebody else's HTTP: counts what that took of a body. Where what it is takes no copy (see
 * {@link GuestEgress}), a position moves and a transfer goes through because the socket took the bytes, as at the {@link Wire}.
 */
final class GuestSink extends CountingSink {
    private final boolean copies;

    /**
     * @param copies whether what lies below copies, or may
     */
    GuestSink(StreamSinkConduit next, boolean copies) {
        super(next);
        this.copies = copies;
    }

    @Override
    boolean copies() {
        return copies;
    }
}
