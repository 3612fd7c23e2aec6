package dev.sluice.ledger;

import java.util.concurrent.atomic.LongAdder;

/** A {@link Volume} that grows. Writers wait for nobody. */
final class RunningVolume {
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder userCopiedBytes = new LongAdder();

    void add(Served served) {
        // The order matters to a concurrent reader: it reads copied bytes first, so they never exceed the bytes it
        // sees.
        if (served.bytes() > 0) {
            bytes.add(served.bytes());
            if (served.userCopiedBytes() > 0) {
                userCopiedBytes.add(served.userCopiedBytes());
            }
        }
        requests.increment();
    }

    Volume sum() {
        long copied = userCopiedBytes.sum();
        return new Volume(requests.sum(), bytes.sum(), copied);
    }
}
