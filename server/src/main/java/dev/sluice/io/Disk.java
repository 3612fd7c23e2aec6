package dev.sluice.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that wait for disks while large files are read, and what they read by.
 *
 * <p>They are apart from the server's workers, and bounded: on a disk that hangs all of them may be stuck, and then only
 * what has to come from a disk waits. What is in memory goes on being found by workers and sent by I/O threads.
 */
public final class Disk implements Closeable {
    /** Each download waits for one read at a time, so this many downloads may wait. */
    private static final int MOST_WAITING = 8192;

    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final AlignedBuffers buffers;
    private final PageLoader pages = PageLoader.open();

    /**
     * @param most how many reads may be under way at the same time, at least 1
     */
    public Disk(int most) {
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), Disk::thread);
        threads.allowCoreThreadTimeOut(true);
        buffers = new AlignedBuffers(most, DirectReader.MOST);
    }

    private static Thread thread(Runnable reads) {
        Thread thread = new Thread(reads, "sluice-disk");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Has something done that may wait for a disk.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too much waits already, or this is closed
     */
    public void execute(Runnable read) {
        threads.execute(read);
    }

    /** As many aligned buffers as threads. */
    public AlignedBuffers buffers() {
        return buffers;
    }

    /**
     * Brings a part of a file into the page cache. Blocking.
     *
     * @param position of its first byte
     * @param length in bytes, at least 1
     * @return how many bytes of the part are there now
     * @throws IOException if the disk fails
     */
    public long load(OpenFile file, long position, long length) throws IOException {
        return pages.load(file.channel(), position, length);
    }

    /** Lets the threads end; what waits for them is dropped. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            pages.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
