package dev.sluice.calibration;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** From measured curves to the lines between the I/O paths. That no difference was seen is an answer. */
public final class Thresholds {
    /** The key that says up to what size files are held in regions. */
    public static final String MAX_FILE_SIZE = "cache.maxFileSize";

    /** The key that says how much one download sends at a turn. */
    public static final String SENDFILE_CHUNK = "io.sendfileChunk";

    /** The key that says from what size files are read past the page cache. */
    public static final String DIRECT_MIN_SIZE = "io.directMinSize";

    /** Larger files are not held in regions, however cheap that were. */
    private static final long MOST_IN_REGION = 8L << 20;

    private static final long LEAST_DIRECT = 1L << 20;

    /** What a chunk may cost more than larger ones: smaller chunks are fairer. */
    private static final double BEARABLE = 1.02;

    /** What a cold file may take longer past the page cache. */
    private static final double HARDLY = 1.1;

    /** What {@link Comparison#atMost} says it with. */
    private static final double SURE = 0.99;

    private final Measurements seen;

    /**
     * @param seen what was measured
     */
    public Thresholds(Measurements seen) {
        this.seen = seen;
    }

    /** A proposal for each key. */
    public List<Proposal> propose() {
        return List.of(maxFileSize(), sendfileChunk(), directMinSize());
    }

    /**
     * Up to the size from which on sendfile takes less CPU than a mapping. From there on it must not be dearer again, or it
     * was noise.
     */
    private Proposal maxFileSize() {
        List<Long> sizes = seen.sizes(Cell.State.WARM).stream()
                .filter(size -> size <= MOST_IN_REGION)
                .toList();
        List<Comparison> mapped = sizes.stream()
                .map(size -> cpu(Technique.MMAP, Technique.SENDFILE, size))
                .toList();
        int crossing = firstFromWhere(mapped, Comparison::dearer, Comparison::cheaper);
        if (crossing < 0) {
            return Proposal.none(
                    MAX_FILE_SIZE,
                    "no size was seen from which on sendfile takes less CPU than mmap, up to "
                            + Bytes.text(MOST_IN_REGION));
        }
        long value = sizes.get(Math.max(0, crossing - 1));
        return new Proposal(
                MAX_FILE_SIZE,
                OptionalLong.of(value),
                mapped.get(crossing).larger(),
                "from " + Bytes.text(sizes.get(crossing)) + " on mmap takes more CPU than sendfile, there "
                        + percent(mapped.get(crossing).ratio()));
    }

    /** The first from where on none speaks against it; -1 if there is none. */
    private static int firstFromWhere(
            List<Comparison> all, Predicate<Comparison> speaksFor, Predicate<Comparison> speaksAgainst) {
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            if (speaksAgainst.test(all.get(i))) {
                from = i + 1;
            }
        }
        while (from < all.size() && !speaksFor.test(all.get(from))) {
            from++;
        }
        return from < all.size() ? from : -1;
    }

    private Comparison cpu(Technique first, Technique second, long size) {
        return Comparison.of(
                seen.values(new Cell(first, size, Cell.State.WARM), Reading::cpuNanos),
                seen.values(new Cell(second, size, Cell.State.WARM), Reading::cpuNanos));
    }

    /** The smallest chunk that costs no more than all the larger ones do in the middle; and so for each larger one. */
    private Proposal sendfileChunk() {
        List<Long> chunks = seen.chunkSizes();
        int last = -1;
        for (int i = 0; i < chunks.size() - 1; i++) {
            last = besideLarger(chunks, i).dearerBy(BEARABLE) ? i : last;
        }
        if (last < 0) {
            return Proposal.none(SENDFILE_CHUNK, "no difference was seen between chunks");
        }
        Comparison dear = besideLarger(chunks, last);
        return new Proposal(
                SENDFILE_CHUNK,
                OptionalLong.of(chunks.get(last + 1)),
                dear.larger(),
                "chunks of " + Bytes.text(chunks.get(last)) + " take " + percent(dear.ratio())
                        + " CPU than larger ones");
    }

    /** Not beside the best one: of several that are alike one is the best by chance, and all others look dear beside it. */
    private Comparison besideLarger(List<Long> chunks, int index) {
        double[] own = seen.chunkValues(chunks.get(index), Reading::cpuNanos);
        List<double[]> larger = chunks.subList(index + 1, chunks.size()).stream()
                .map(chunk -> seen.chunkValues(chunk, Reading::cpuNanos))
                .toList();
        int rounds = larger.stream().mapToInt(values -> values.length).min().orElse(0);
        double[] middle = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            int at = round;
            middle[round] = Comparison.median(
                    larger.stream().mapToDouble(values -> values[at]).toArray());
        }
        return Comparison.of(own, middle);
    }

    /**
     * From the size on from which a cold file takes hardly longer past the page cache than through it. That no difference was seen
     * would not do here: on a busy machine none ever is.
     */
    private Proposal directMinSize() {
        List<Long> sizes = seen.sizes(Cell.State.COLD).stream()
                .filter(size -> size >= LEAST_DIRECT)
                .filter(size ->
                        seen.values(new Cell(Technique.DIRECT, size, Cell.State.COLD), Reading::nanos).length > 0)
                .toList();
        if (sizes.isEmpty()) {
            return Proposal.none(
                    DIRECT_MIN_SIZE, "not measured: no large file could be cold or be read past the page cache");
        }
        List<Comparison> direct = sizes.stream().map(this::elapsedDirect).toList();
        int from = firstFromWhere(direct, time -> time.atMost(HARDLY), time -> !time.atMost(HARDLY));
        if (from < 0) {
            return Proposal.none(
                    DIRECT_MIN_SIZE,
                    "no size was seen from which on a cold file surely takes no longer past the page cache");
        }
        Comparison there = direct.get(from);
        return new Proposal(
                DIRECT_MIN_SIZE,
                OptionalLong.of(sizes.get(from)),
                SURE,
                "from " + Bytes.text(sizes.get(from))
                        + " on a cold file takes hardly longer past the page cache, or less (" + percent(there.ratio())
                        + "); a second download does not find it in memory");
    }

    private Comparison elapsedDirect(long size) {
        return Comparison.of(
                seen.values(new Cell(Technique.DIRECT, size, Cell.State.COLD), Reading::nanos),
                seen.values(new Cell(Technique.SENDFILE, size, Cell.State.COLD), Reading::nanos));
    }

    private static String percent(double ratio) {
        return Math.round(Math.abs(ratio - 1) * 100) + " % " + (ratio < 1 ? "less" : "more");
    }
}
