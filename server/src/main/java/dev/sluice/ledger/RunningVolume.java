package dev.sluice.ledger;

/** A {@link Volume} that grows. Not thread-safe. */
final class RunningVolume {
    private long requests;
    private long bytes;
    private long userCopiedBytes;

    void add(Served served) {
        requests++;
        bytes += served.bytes();
        userCopiedBytes += served.userCopiedBytes();
    }

    void add(RunningVolume more) {
        requests += more.requests;
        bytes += more.bytes;
        userCopiedBytes += more.userCopiedBytes;
    }

    Volume read() {
        return new Volume(requests, bytes, userCopiedBytes);
    }
}
