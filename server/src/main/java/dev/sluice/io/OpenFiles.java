package dev.sluice.io;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The large files that are open now: at most so many, each shared by all who send it, closed a while after the last use.
 *
 * <p>What makes two files the same is the caller's identity value; it must change when the file's content does.
 */
public final class OpenFiles implements AutoCloseable {
    /** A deleted file keeps its disk space while it is open, so an idle one is not kept long. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Cache<Object, OpenFile> files;
    private final DirectStores stores = new DirectStores();

    /**
     * @param most how many files are kept open for reuse; those being sent count beside them
     */
    public OpenFiles(int most) {
        files = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(IDLE)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener(OpenFiles::retire)
                .build();
    }

    private static void retire(@Nullable Object identity, @Nullable OpenFile file, RemovalCause cause) {
        if (file != null) {
            file.release();
        }
    }

    /**
     * Shares an open file, or starts sharing this one.
     *
     * @param identity equal for equal content
     * @param opened a channel just opened, which belongs to this cache from now on: it is closed at once if an equal file
     *     is open already
     * @return the file, leased; the caller releases it
     * @throws IOException if closing the spare channel fails
     */
    public OpenFile acquire(Object identity, FileChannel opened) throws IOException {
        return acquire(identity, opened, () -> true);
    }

    /**
     * Shares an open file, or starts sharing this one.
     *
     * @param identity equal for equal content
     * @param opened as above
     * @param told whether the kernel tells this process which of the file's pages are in memory; asked if the file is new here
     * @return the file, leased; the caller releases it
     * @throws IOException if closing the spare channel fails
     */
    public OpenFile acquire(Object identity, FileChannel opened, BooleanSupplier told) throws IOException {
        OpenFile shared = shared(identity);
        if (shared != null) {
            opened.close();
            return shared;
        }
        return share(identity, new OpenFile(opened, told.getAsBoolean(), 1));
    }

    /**
     * Shares a file that is open past the page cache, or opens it so.
     *
     * @param identity equal for equal content
     * @param store the file system it lies in
     * @param opening opens it with O_DIRECT; may find that the file is not there any more
     * @return the file, leased; null if the file system refuses that, or the file has gone
     */
    public @Nullable OpenFile acquireDirect(Object identity, DirectStores.Place store, DirectStores.Opening opening) {
        Direct key = new Direct(identity);
        OpenFile shared = shared(key);
        if (shared != null) {
            return shared;
        }
        OpenFile fresh = stores.open(store, opening);
        return fresh == null ? null : share(key, fresh);
    }

    private @Nullable OpenFile shared(Object identity) {
        OpenFile shared = files.getIfPresent(identity);
        return shared != null && shared.acquire() ? shared : null;
    }

    private OpenFile share(Object identity, OpenFile fresh) {
        fresh.acquire();
        files.put(identity, fresh);
        return fresh;
    }

    /** The same content, opened with O_DIRECT. */
    private record Direct(Object identity) {}

    /** How many files are kept open now. */
    public long size() {
        files.cleanUp();
        return files.estimatedSize();
    }

    /** Lets go of all files; those still being sent are closed by their last reader. */
    @Override
    public void close() {
        files.invalidateAll();
        files.cleanUp();
    }
}
