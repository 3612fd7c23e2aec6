package dev.sluice.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** A destination that fails, stalls or accepts little, as a test says, and lets the test wait for what happens. */
final class ScriptedChannel implements WritableByteChannel {
    private static final long PATIENCE_MILLIS = 20_000;

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int most;
    private Mood mood;
    private int attempts;
    private boolean open = true;

    /** What a write does. */
    enum Mood {
        ACCEPT,
        FAIL,
        STALL,
        HANG
    }

    ScriptedChannel(Mood mood, int most) {
        this.mood = mood;
        this.most = most;
    }

    @Override
    public synchronized int write(ByteBuffer source) throws IOException {
        attempts++;
        notifyAll();
        try {
            while (mood == Mood.HANG) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (mood == Mood.FAIL) {
            throw new IOException("No space left on device");
        }
        int count = mood == Mood.STALL ? 0 : Math.min(most, source.remaining());
        for (int i = 0; i < count; i++) {
            taken.write(source.get());
        }
        notifyAll();
        return count;
    }

    synchronized void mood(Mood next) {
        mood = next;
        notifyAll();
    }

    void awaitAttempts(int count) throws InterruptedException {
        await(() -> attempts >= count);
    }

    void awaitBytes(int count) throws InterruptedException {
        await(() -> taken.size() >= count);
    }

    private synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            long left = deadline - System.currentTimeMillis();
            if (left <= 0) {
                throw new AssertionError("waited in vain: " + attempts + " attempts, " + taken.size() + " bytes");
            }
            wait(left);
        }
    }

    synchronized String text() {
        return taken.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    @Override
    public synchronized void close() {
        open = false;
    }
}
