package dev.sluice.ledger;

import dev.sluice.ledger.LedgerSnapshot.PathTotals;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The running totals of all records.
 *
 * <p>Requests are counted once, in one matrix of status by path, and every sum is taken from one reading of it. So the
 * sums over statuses and over paths agree at any moment, not only at a quiet one, and a record costs one increment
 * instead of three. The matrix takes about 100 KB; most of its cells stay zero for ever.
 */
final class Totals {
    private static final int STATUSES = Served.MAX_STATUS - Served.MIN_STATUS + 1;

    private final IoPath[] paths = IoPath.values();
    private final LongAdder[] requests = adders(STATUSES * paths.length);
    private final LongAdder[] bytes = adders(paths.length);
    private final LongAdder userCopiedBytes = new LongAdder();

    void add(Served served) {
        int path = column(served.observed());
        // The order matters to a concurrent reader: it reads copied bytes first, so they never exceed the bytes it
        // sees.
        if (served.bytes() > 0) {
            bytes[path].add(served.bytes());
            if (served.userCopiedBytes() > 0) {
                userCopiedBytes.add(served.userCopiedBytes());
            }
        }
        requests[(served.status() - Served.MIN_STATUS) * paths.length + path].increment();
    }

    Reading read() {
        long copied = userCopiedBytes.sum();
        SortedMap<Integer, Long> byStatus = new TreeMap<>();
        long[] byPath = new long[paths.length];
        for (int cell = 0; cell < requests.length; cell++) {
            long count = requests[cell].sum();
            if (count > 0) {
                byStatus.merge(Served.MIN_STATUS + cell / paths.length, count, Long::sum);
                byPath[cell % paths.length] += count;
            }
        }
        Map<IoPath, PathTotals> ioPaths = new EnumMap<>(IoPath.class);
        for (IoPath path : paths) {
            ioPaths.put(path, new PathTotals(byPath[column(path)], bytes[column(path)].sum()));
        }
        return new Reading(byStatus, ioPaths, copied);
    }

    /** The path's place in the arrays above: an index on the hot path, and nothing that outlives the process. */
    @SuppressWarnings("EnumOrdinal")
    private static int column(IoPath path) {
        return path.ordinal();
    }

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    /** One reading of all totals. */
    record Reading(SortedMap<Integer, Long> byStatus, Map<IoPath, PathTotals> ioPaths, long userCopiedBytes) {}
}
