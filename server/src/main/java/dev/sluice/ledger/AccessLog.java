package dev.sluice.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The access log: one line for each record, written by one daemon thread.
 *
 * <p>{@link #accept} never blocks and wakes nobody: records wait in a bounded queue, which the writer polls at least
 * every 20 ms while it is idle. When the queue is full, because the disk is full or too slow, the line is counted as
 * dropped: serving goes on.
 */
public final class AccessLog implements Consumer<Served>, AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(AccessLog.class.getName());

    /** Records that wait for the writer: more than half a second at 100,000 requests a second. */
    private static final int QUEUE_CAPACITY = 65_536;

    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private final BoundedQueue<Served> queue;
    private final LongAdder dropped = new LongAdder();
    private final WritableByteChannel channel;
    private final String name;
    private final LogWriter writer;
    private final Thread thread;
    private volatile boolean closed;

    private AccessLog(WritableByteChannel channel, String name, LineFormat format, int capacity) {
        this.channel = channel;
        this.name = name;
        this.queue = new BoundedQueue<>(capacity);
        this.writer = new LogWriter(queue, format, channel, name, dropped);
        this.thread = new Thread(writer, "sluice-access-log");
        thread.setDaemon(true);
    }

    /**
     * Opens a log and starts its thread. A file is created if need be, and appended to.
     *
     * @param destination a file, or {@code -} for standard output
     * @param format the format of a line
     * @return the open log
     * @throws IOException if the file can't be opened; the message names it and the cause
     */
    public static AccessLog open(String destination, AccessLogFormat format) throws IOException {
        LineFormat lines = format.lines(ZoneId.systemDefault());
        if (destination.equals("-")) {
            return start(new StandardOutput(), "standard output", lines, QUEUE_CAPACITY);
        }
        return start(openFile(destination), destination, lines, QUEUE_CAPACITY);
    }

    static AccessLog start(WritableByteChannel channel, String name, LineFormat format, int capacity) {
        AccessLog log = new AccessLog(channel, name, format, capacity);
        log.thread.start();
        return log;
    }

    /**
     * Queues a record, or counts it as dropped if the queue is full or the log is closed. Never blocks.
     *
     * @param served the record to log
     */
    @Override
    public void accept(Served served) {
        if (closed || !queue.offer(served)) {
            dropped.increment();
        }
    }

    /**
     * The records that were given up since the log was opened.
     *
     * @return how many lines are missing
     */
    public long dropped() {
        return dropped.sum();
    }

    /**
     * Writes what is queued, for five seconds at most, and closes the file. What is left then, or can't be written, is
     * counted as dropped. Standard output stays open.
     */
    @Override
    public void close() {
        closed = true;
        writer.stop(System.nanoTime() + DRAIN_LIMIT.toNanos());
        LockSupport.unpark(thread);
        try {
            // A second more than the writer takes by itself: only a write that hangs in the kernel outlasts it.
            TimeUnit.NANOSECONDS.timedJoin(thread, DRAIN_LIMIT.plusSeconds(1).toNanos());
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "access log {0}: cannot close: {1}", new Object[] {name, e});
        }
    }

    private static FileChannel openFile(String destination) throws IOException {
        try {
            return FileChannel.open(
                    Path.of(destination),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.APPEND);
        } catch (InvalidPathException e) {
            throw new IOException("access log: not a file name: " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new IOException("access log " + destination + ": its directory does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("access log " + destination + ": permission denied", e);
        } catch (FileSystemException e) {
            throw new IOException("access log " + destination + ": cannot open: " + e.getReason(), e);
        }
    }
}
