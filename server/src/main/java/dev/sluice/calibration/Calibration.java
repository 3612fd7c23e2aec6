package dev.sluice.calibration;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Measures the techniques side by side, on the file system of a directory and through a socket of this machine: in rounds that
 * take each cell once, in an order that turns from round to round, so that whatever else happens falls on all alike.
 *
 * <p>The files are made in a hidden folder of the directory, which is removed in the end.
 */
public final class Calibration {
    /** Chunks are compared on a file of this many bytes, or the largest there is. */
    private static final long CHUNKED = 16L << 20;

    /** A batch is to take some milliseconds, of which the clocks are a small part. */
    private static final long BATCH_BYTES = 8L << 20;

    private static final int MOST_REQUESTS = 200;
    private static final int MOST_COLD_REQUESTS = 4;
    private static final long DEFAULT_CHUNK = 2L << 20;

    private final Scope scope;
    private final Measurements seen = new Measurements();
    private final Map<Long, SampleFile> files = new LinkedHashMap<>();
    private final Set<Technique> techniques;
    private final Meter meter = new Meter();
    private final Meter.Marks overhead = meter.overhead();
    private final Loopback loopback;
    private final long endsAt;
    private final boolean cold;

    private Calibration(Path folder, Scope scope, Loopback loopback) throws IOException {
        this.scope = scope;
        this.loopback = loopback;
        this.endsAt = System.nanoTime() + scope.budget().toNanos();
        for (long size : scope.sizes()) {
            files.put(size, SampleFile.create(folder, size));
        }
        this.techniques = techniques();
        this.cold = canBeCold();
    }

    /**
     * Measures. Takes about as long as the scope's budget.
     *
     * @param directory one that can be written
     * @throws IOException if the files cannot be made there, with a message for the user
     * @throws InterruptedException if interrupted; nothing is left behind
     */
    public static Measurements run(Path directory, Scope scope) throws IOException, InterruptedException {
        requireSpace(directory, scope);
        try (Workspace workspace = Workspace.in(directory);
                Loopback loopback = Loopback.open()) {
            Calibration calibration = new Calibration(workspace.folder(), scope, loopback);
            calibration.measure();
            return calibration.seen;
        }
    }

    private static void requireSpace(Path directory, Scope scope) throws IOException {
        FileStore store = Files.getFileStore(directory);
        long needed = scope.sizes().stream().mapToLong(Long::longValue).sum() * 2;
        if (store.getUsableSpace() < needed) {
            throw new IOException("no space: " + mebibytes(store.getUsableSpace()) + " are free on " + store
                    + " (expected: at least " + mebibytes(needed) + ")");
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private SampleFile file(long size) {
        return Objects.requireNonNull(files.get(size), "a size that was not prepared");
    }

    private Set<Technique> techniques() {
        Set<Technique> possible = EnumSet.allOf(Technique.class);
        SampleFile smallest = file(scope.sizes().get(0));
        try {
            Senders.open(Technique.DIRECT, smallest.path(), 1, DEFAULT_CHUNK).close();
        } catch (IOException refused) {
            seen.note("direct is not possible here: the file system refuses O_DIRECT");
            possible.remove(Technique.DIRECT);
        }
        return possible;
    }

    private boolean canBeCold() throws IOException {
        boolean possible = false;
        try {
            possible = file(scope.largest()).cool();
        } catch (IOException refused) {
            // The same answer: nothing gets out of the page cache.
        }
        if (!possible) {
            seen.note("cold is not possible here: what is written stays in memory");
        }
        return possible;
    }

    private void measure() throws IOException, InterruptedException {
        // What the compiler and the caches need to get going is not measured.
        round(0, false);
        for (int round = 1; round <= scope.mostRounds() && inTime(round); round++) {
            round(round, true);
        }
    }

    private boolean inTime(int round) {
        return round <= Scope.LEAST_ROUNDS || System.nanoTime() < endsAt;
    }

    private void round(int round, boolean counts) throws IOException, InterruptedException {
        List<Technique> order = new ArrayList<>(techniques);
        Collections.rotate(order, round);
        for (long size : scope.sizes()) {
            file(size).warm();
            for (Technique technique : order) {
                Reading reading = warm(technique, size, DEFAULT_CHUNK);
                if (counts) {
                    seen.add(new Cell(technique, size, Cell.State.WARM), reading);
                }
            }
        }
        chunks(counts);
        if (cold && counts) {
            cold(order);
        }
    }

    private void chunks(boolean counts) throws IOException, InterruptedException {
        long size = files.containsKey(CHUNKED) ? CHUNKED : scope.largest();
        for (long chunk : scope.chunks()) {
            Reading reading = warm(Technique.SENDFILE, size, chunk);
            if (counts) {
                seen.addChunk(chunk, reading);
            }
        }
    }

    private void cold(List<Technique> order) throws IOException, InterruptedException {
        for (long size : scope.sizes()) {
            for (Technique technique : order) {
                seen.add(new Cell(technique, size, Cell.State.COLD), cold(technique, size));
            }
        }
    }

    private Reading warm(Technique technique, long size, long chunk) throws IOException, InterruptedException {
        int requests = (int) Math.max(1, Math.min(MOST_REQUESTS, BATCH_BYTES / size));
        try (Sender sender = Senders.open(technique, file(size).path(), size, chunk)) {
            // Pages are mapped and, for cow, copied by the first.
            batch(sender, size, 1);
            return batch(sender, size, requests);
        }
    }

    /** Each request finds the file cold and its mapping fresh. */
    private Reading cold(Technique technique, long size) throws IOException, InterruptedException {
        SampleFile file = file(size);
        int requests = (int) Math.max(1, Math.min(MOST_COLD_REQUESTS, BATCH_BYTES / size));
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            file.cool();
            try (Sender sender = Senders.open(technique, file.path(), size, DEFAULT_CHUNK)) {
                readings.add(batch(sender, size, 1));
            }
        }
        return Reading.mean(readings);
    }

    private Reading batch(Sender sender, long size, int requests) throws IOException, InterruptedException {
        loopback.expect(requests, Senders.HEAD + size);
        Meter.Marks before = meter.before();
        for (int i = 0; i < requests; i++) {
            loopback.readRequest();
            sender.send(loopback.socket());
        }
        return meter.after(before, overhead, requests);
    }
}
