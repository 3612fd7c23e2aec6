package dev.sluice.io;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
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
        OpenFile shared = files.getIfPresent(identity);
        if (shared != null && shared.acquire()) {
            opened.close();
            return shared;
        }
        OpenFile fresh = new OpenFile(opened);
        fresh.acquire();
        files.put(identity, fresh);
        return fresh;
    }

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
