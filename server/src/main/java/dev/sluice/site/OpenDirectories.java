package dev.sluice.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The directories that look-ups went through lately, kept open by their file key: to open one takes seven system calls,
 * and to see that a name still stands for one that is open takes none beyond the look that every walk takes anyway. As long as
 * a directory is open, no other one can have its key. Thread-safe.
 */
final class OpenDirectories {
    /** Each takes two descriptors. A site of 100,000 files in a thousand directories has those of its busy ones open. */
    private static final int MOST = 1024;

    /** An open directory keeps its file system from being unmounted, so an idle one is not kept long. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Cache<Object, Shared> kept = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .removalListener(OpenDirectories::retire)
            .build();

    private volatile boolean retired;

    /** An open directory that several walks share; closed with the last lease, of which this cache holds one. */
    static final class Shared {
        private final @Nullable Object key;
        private final SecureDirectoryStream<Path> stream;
        private final AtomicInteger leases = new AtomicInteger(1);
        private final Spelling spelling = new Spelling();

        Shared(@Nullable Object key, SecureDirectoryStream<Path> stream) {
            this.key = key;
            this.stream = stream;
        }

        /** The directory's file key, or null where the file system has none. */
        @Nullable
        Object key() {
            return key;
        }

        SecureDirectoryStream<Path> stream() {
            return stream;
        }

        Spelling spelling() {
            return spelling;
        }

        private boolean acquire() {
            return leases.getAndUpdate(n -> n == 0 ? 0 : n + 1) != 0;
        }

        void release() throws IOException {
            if (leases.decrementAndGet() == 0) {
                stream.close();
            }
        }
    }

    private static void retire(@Nullable Object key, @Nullable Shared directory, RemovalCause cause) {
        if (directory != null) {
            try {
                directory.release();
            } catch (IOException e) {
                // Nothing was written: if this fails, something is badly wrong.
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * A directory that is open.
     *
     * @param key its file key; null is that of none
     * @return the directory, leased, or null
     */
    @Nullable
    Shared acquire(@Nullable Object key) {
        Shared shared = key == null ? null : kept.getIfPresent(key);
        return shared != null && shared.acquire() ? shared : null;
    }

    /**
     * Leases a directory once more that was open before.
     *
     * @return false if it may have been closed since: then its key may be that of another one by now
     */
    boolean acquireAgain(Shared before) {
        Object key = before.key();
        return key != null && before.equals(kept.getIfPresent(key)) && before.acquire();
    }

    /**
     * Keeps a directory that has just been opened.
     *
     * @param key its file key; without one it is only leased
     * @return the directory, leased
     */
    Shared share(@Nullable Object key, SecureDirectoryStream<Path> opened) {
        Shared shared = new Shared(key, opened);
        if (key != null) {
            shared.acquire();
            kept.put(key, shared);
        }
        if (retired) {
            kept.invalidateAll();
        }
        return shared;
    }

    /** Keeps nothing open but what is leased, for now. */
    void closeIdle() {
        kept.invalidateAll();
    }

    /** Keeps nothing open from now on but what is leased, and that until its last lease ends. */
    void giveUp() {
        retired = true;
        kept.invalidateAll();
    }
}
