package dev.sluice.site;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches the directories on the way to some files, by the JDK's {@link WatchService} (inotify(7) on Linux). Nothing is
 * opened before the first file is to be watched, and nothing is watched but what somebody holds a {@link Watch} of: it costs
 * what the hot files cost, however large the site is. Thread-safe.
 */
public final class Watcher implements Closeable {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** How often what nobody holds any more is given up, what was refused may be tried again, and mounts are looked at. */
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    /** How often a way is traced anew when something changes on it meanwhile. */
    private static final int MAX_RACES = 4;

    private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

    private final boolean anyFileSystem;
    private final LocalFileSystems localFileSystems = new LocalFileSystems();
    private final WatchedDirectories directories;
    private final List<Consumer<Consumer<Watch>>> holders = new CopyOnWriteArrayList<>();
    private @Nullable WatchService service;
    private boolean closed;
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * @param mostDirectories the most directories to watch at a time; files in others are not watched
     * @param anyFileSystem whether to watch on file systems, too, on which changes may go unnoticed
     */
    public Watcher(int mostDirectories, boolean anyFileSystem) {
        this.directories = new WatchedDirectories(this::register, mostDirectories);
        this.anyFileSystem = anyFileSystem;
    }

    /** Finds the names to watch, anew at each call. */
    @FunctionalInterface
    interface Way {
        List<Step> trace() throws IOException;
    }

    /**
     * Asks now and then for the watches that are in use.
     *
     * @param holder gives each of them to the consumer
     * @return to be run when the holder uses none any more
     */
    public Runnable usedBy(Consumer<Consumer<Watch>> holder) {
        holders.add(holder);
        return () -> holders.remove(holder);
    }

    /**
     * Watches a way. When this returns, the watch tells of all that has happened since it was called, or says that
     * something has.
     *
     * @return the watch, or null if the way cannot be watched now
     * @throws IOException if the way cannot be traced
     */
    @Nullable
    Watch follow(Way way) throws IOException {
        for (int race = 0; race < MAX_RACES; race++) {
            long before = System.nanoTime();
            Watch watch = watch(way);
            // What was traced holds only if nothing has happened since; new marks say that something may have.
            if (watch == null || !watch.changedSince(before)) {
                return watch;
            }
        }
        return null;
    }

    private @Nullable Watch watch(Way way) throws IOException {
        Watch watch = directories.follow(way.trace());
        String full = watch == null ? directories.full() : null;
        if (full != null && complained.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "watching {0} directories of hot files and no more ({1}): files in others are looked at every cache.revalidate",
                    new Object[] {directories.size(), full});
        }
        return watch;
    }

    private @Nullable WatchKey register(Path directory) throws IOException {
        return anyFileSystem || localFileSystems.hold(directory) ? directory.register(service(), ALL) : null;
    }

    private synchronized WatchService service() throws IOException {
        if (closed) {
            throw new ClosedWatchServiceException();
        }
        WatchService opened = service;
        if (opened == null) {
            opened = FileSystems.getDefault().newWatchService();
            service = opened;
            WatchService watched = opened;
            Thread thread = new Thread(() -> run(watched), "sluice-watch");
            thread.setDaemon(true);
            thread.start();
        }
        return opened;
    }

    private void run(WatchService events) {
        try {
            watch(events);
        } catch (ClosedWatchServiceException | InterruptedException stopping) {
            // What ends here is the server.
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.SEVERE, "directories are watched no more", bug);
        } finally {
            directories.close();
        }
    }

    private void watch(WatchService events) throws InterruptedException {
        Mounts mounts = Mounts.ofThisProcess();
        long tidiedAt = System.nanoTime();
        while (true) {
            WatchKey key = events.poll(TIDY_EVERY.toSeconds(), TimeUnit.SECONDS);
            if (key != null) {
                take(key);
            }
            if (System.nanoTime() - tidiedAt > TIDY_EVERY.toNanos()) {
                tidy();
                mounts.changed().forEach(directories::mounted);
                tidiedAt = System.nanoTime();
            }
            while (directories.cancelOne()) {
                // One at a time, so that those who want to watch something need not wait for all.
                Thread.onSpinWait();
            }
        }
    }

    private void take(WatchKey key) {
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind() == OVERFLOW || event.context() == null) {
                directories.overflown(key);
            } else {
                directories.changed(key, event.context().toString(), event.kind() == ENTRY_MODIFY);
            }
        }
        if (!key.reset()) {
            directories.gone(key);
        }
    }

    /** Gives up at once what nobody holds any more, and has the system watch for it no longer. */
    public void release() {
        tidy();
        try {
            while (directories.cancelOne()) {
                Thread.onSpinWait();
            }
        } catch (ClosedWatchServiceException stopping) {
            // With the service all that it watched is gone.
        }
    }

    /** Gives up what nobody holds any more. */
    void tidy() {
        long began = System.nanoTime();
        Set<Mark> held = Collections.newSetFromMap(new IdentityHashMap<>());
        holders.forEach(holder -> holder.accept(watch -> watch.forEach(held::add)));
        // A younger one may be on its way to its holder.
        directories.retain(mark -> held.contains(mark) || mark.changedSince(began));
    }

    /** How many directories are watched now. */
    public int directories() {
        return directories.size();
    }

    /** Stops watching. What is held tells of nothing any more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "cannot stop watching directories: {0}", e.toString());
            }
        }
    }
}
