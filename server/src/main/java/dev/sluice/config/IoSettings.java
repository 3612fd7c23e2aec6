package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * Threads and the sending of large files.
 *
 * @param threads the event loops; see {@link #threadCount}
 * @param workers the threads that may wait for a disk: so many find and open files, and as many read large ones; see
 *     {@link #workerCount}
 * @param sendfileChunk how many bytes one download sends before it yields to others
 * @param directMinSize the length from which files are read past the page cache (O_DIRECT); null for none
 * @param fastPath whether repeated requests for hot files are answered below the HTTP layer
 */
public record IoSettings(
        AutoOr<Integer> threads,
        AutoOr<Integer> workers,
        ByteSize sendfileChunk,
        @Nullable ByteSize directMinSize,
        boolean fastPath) {
    private static final int WORKERS_PER_PROCESSOR = 8;

    static IoSettings defaults() {
        return new IoSettings(new AutoOr.Auto<>(), new AutoOr.Auto<>(), ByteSize.ofMebibytes(8), null, true);
    }

    /**
     * The number of event loops. {@code auto} is one for each processor, since they never block.
     *
     * @param processors the processors of this machine, at least 1
     * @return the number of threads, at least 1
     */
    public int threadCount(int processors) {
        return threads.orElseGet(() -> processors);
    }

    /**
     * The number of worker threads. {@code auto} is eight for each processor, since they mostly wait.
     *
     * @param processors the processors of this machine, at least 1
     * @return the number of threads, at least 1
     */
    public int workerCount(int processors) {
        return workers.orElseGet(() -> WORKERS_PER_PROCESSOR * processors);
    }
}
