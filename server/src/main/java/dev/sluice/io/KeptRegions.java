package dev.sluice.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Regions that outlive the process, in a directory of their own: {@code region-0}, {@code region-1} …, their {@code index},
 * and a {@code lock} that one process holds while it uses them.
 *
 * <p>A region's file gets its name when it has been written full, so what has the name and the size can be mapped.
 */
final class KeptRegions implements RegionFiles {
    private static final String REGION = "region-";

    /** Making a region takes some milliseconds: what is older was left behind. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);

    /** The files hold what some sites show to few. */
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final RegionBudget budget;
    private final FileChannel lock;
    private final RegionIndex index;

    private KeptRegions(Path directory, RegionBudget budget, FileChannel lock) throws IOException {
        this.directory = directory;
        this.budget = budget;
        this.lock = lock;
        removeStale();
        try (FileChannel file = open(directory.resolve("index"))) {
            if (!RegionIndex.isOne(file, budget)) {
                removeRegions();
                make(file, budget);
            }
            this.index = RegionIndex.map(file, budget);
        }
    }

    private static void make(FileChannel index, RegionBudget budget) throws IOException {
        boolean done = false;
        try {
            RegionIndex.make(index, budget);
            done = true;
        } finally {
            if (!done) {
                // The disk is full: leave what little room there is to others.
                index.truncate(0);
            }
        }
    }

    /**
     * Takes a directory into use, with what an earlier process left there.
     *
     * @return null if another server uses it
     * @throws IOException if it can't be written to, or there is no room for the index
     */
    static @Nullable KeptRegions open(Path directory, RegionBudget budget) throws IOException {
        FileChannel lock = open(directory.resolve("lock"));
        boolean open = false;
        try {
            KeptRegions kept = locked(lock) ? new KeptRegions(directory, budget, lock) : null;
            open = kept != null;
            return kept;
        } finally {
            if (!open) {
                lock.close();
            }
        }
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException here) {
            return false;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, OPTIONS, PRIVATE);
    }

    private void removeStale() throws IOException {
        Instant stale = Instant.now().minus(STALE);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean unlinked = UnlinkedRegions.isOne(file)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(stale);
                if (unlinked || (name.startsWith(REGION) && number(name) >= budget.regions())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The number in the name of a region's file; what can't be one is beyond all. */
    private static int number(String name) {
        try {
            return Integer.parseInt(name.substring(REGION.length()));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    private void removeRegions() throws IOException {
        for (int number = 0; number < budget.regions(); number++) {
            Files.deleteIfExists(directory.resolve(REGION + number));
        }
    }

    @Override
    public Region make(int number) throws IOException {
        Path unfinished = directory.resolve(REGION + number + ".new");
        boolean done = false;
        FileChannel file = open(unfinished);
        try {
            RegionFiles.fill(file, budget.regionSize());
            IndexSegment segment = index.segment(number);
            segment.clear();
            Files.move(unfinished, directory.resolve(REGION + number), StandardCopyOption.ATOMIC_MOVE);
            Region region = new Region(
                    number, RegionFiles.map(file, budget.regionSize()).load(), file, segment);
            done = true;
            return region;
        } finally {
            if (!done) {
                file.close();
                Files.deleteIfExists(unfinished);
            }
        }
    }

    @Override
    public @Nullable Region kept(int number) {
        Path path = directory.resolve(REGION + number);
        IndexSegment segment = index.segment(number);
        if (segment.filling() == 0 || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            FileChannel file = open(path);
            if (file.size() == budget.regionSize()) {
                return new Region(number, RegionFiles.map(file, budget.regionSize()), file, segment);
            }
            file.close();
        } catch (IOException unusable) {
            // It is made anew when it is needed.
            return null;
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
