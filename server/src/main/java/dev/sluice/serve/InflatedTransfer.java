package dev.sluice.serve;

import dev.sluice.archive.Inflation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * Out of an archive in which the file lies compressed. A range is reached by inflating all that lies before it; what a client does
 * not take at once is kept for it, since to go back means to begin anew.
 *
 * <p>Ended with the response, maybe while a thread still inflates for it: then that thread ends it when it leaves, since the one that
 * ends a response must not wait for a disk.
 */
final class InflatedTransfer implements FileTransfer, Closeable {
    private static final int PIECE = 64 << 10;

    /** What one turn inflates and forgets (some 30 ms), so that who wants the end of a huge file does not keep others waiting. */
    private static final long SKIP = 8L << 20;

    /** How much is forgotten between two looks at whether anybody still wants it. */
    private static final long STRIDE = 1L << 20;

    private final Source.FromArchive file;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE).limit(0);
    private long pieceAt;
    private @Nullable Inflation inflation;
    private volatile boolean closed;

    InflatedTransfer(Source.FromArchive file) {
        this.file = file;
    }

    /** Comes nearer to a position, by a bounded step. */
    void approach(long position) throws IOException {
        lock.lock();
        try {
            if (!holds(position)) {
                Inflation current = current(position);
                skip(current, Math.min(position, current.position() + SKIP));
            }
        } finally {
            leave();
        }
    }

    /** Whether a position is a step away at most. Waits while another thread inflates. */
    boolean isNear(long position) {
        lock.lock();
        try {
            long from = inflation == null || inflation.position() > position ? 0 : inflation.position();
            return holds(position) || position - from <= SKIP;
        } finally {
            leave();
        }
    }

    @Override
    public long send(long position, long count, StreamSinkChannel client) throws IOException {
        lock.lock();
        try {
            return sendPieces(position, count, client);
        } finally {
            leave();
        }
    }

    private long sendPieces(long position, long count, StreamSinkChannel client) throws IOException {
        long sent = 0;
        boolean taken = true;
        while (taken && sent < count && reaches(position + sent)) {
            int asked = (int) Math.min(piece.remaining(), count - sent);
            int gone = client.write(piece.slice(piece.position(), asked));
            sent += gone;
            taken = gone == asked;
        }
        return sent;
    }

    /** Only what is a step away at most is sent; what is farther is approached first. */
    private boolean reaches(long position) throws IOException {
        if (!holds(position)) {
            Inflation current = current(position);
            if (position - current.position() > SKIP) {
                return false;
            }
            fill(current, position);
        }
        piece.position(at(position));
        return true;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        lock.lock();
        try {
            if (!holds(position)) {
                fill(current(position), position);
            }
            into.put(piece.get(at(position)));
        } finally {
            leave();
        }
    }

    private void fill(Inflation current, long position) throws IOException {
        skip(current, position);
        int filled = 0;
        try {
            filled = current.read(piece.clear());
        } finally {
            piece.position(0).limit(Math.max(0, filled));
            pieceAt = position;
        }
        if (filled <= 0) {
            throw new ShrunkException();
        }
    }

    private void skip(Inflation current, long position) throws IOException {
        while (current.position() < position) {
            checkOpen();
            current.skipTo(position, STRIDE);
        }
    }

    /** Where a position stands in the piece at hand. */
    private int at(long position) {
        return (int) (position - pieceAt);
    }

    private boolean holds(long position) {
        return position >= pieceAt && position < pieceAt + piece.limit();
    }

    /** One that has not yet come past a position. */
    private Inflation current(long position) throws ClosedChannelException {
        checkOpen();
        Inflation current = inflation;
        if (current == null || current.position() > position) {
            if (current != null) {
                current.close();
            }
            current = new Inflation(file.file().channel(), file.entry());
            inflation = current;
        }
        return current;
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean waited() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        endIfFree();
    }

    /** Lets others in, and does what {@link #close} could not while this thread was inside. */
    private void leave() {
        lock.unlock();
        if (closed) {
            endIfFree();
        }
    }

    private void endIfFree() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (inflation != null) {
                inflation.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
