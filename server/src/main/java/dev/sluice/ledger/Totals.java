package dev.sluice.ledger;

import dev.sluice.ledger.LedgerSnapshot.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The running totals of all records.
 *
 * <p>Each record is counted once, in one cell for its site, status, path and coding, and every sum is taken from one reading of
 * the cells. So sums over statuses, paths, sites and codings agree at any moment, not only at a quiet one, and a record
 * costs one cell instead of four. A site's table takes 60 KB; a cell is made when it is first needed, and most never are.
 */
final class Totals {
    /** The place of whatever coding has none of its own. */
    private static final int OTHER = LedgerSnapshot.CODINGS.size();

    private static final int CODINGS = OTHER + 1;

    private static final int STATUSES = Served.MAX_STATUS - Served.MIN_STATUS + 1;

    private final IoPath[] paths = IoPath.values();
    private final Map<String, AtomicReferenceArray<@Nullable RunningVolume>> sites = new ConcurrentHashMap<>();

    void add(Served served) {
        AtomicReferenceArray<@Nullable RunningVolume> site = sites.get(served.site());
        if (site == null) {
            site = sites.computeIfAbsent(
                    served.site(), name -> new AtomicReferenceArray<>(STATUSES * paths.length * CODINGS));
        }
        int status = served.status() - Served.MIN_STATUS;
        int place = (status * paths.length + column(served.observed())) * CODINGS + coding(served.contentCoding());
        RunningVolume volume = site.get(place);
        if (volume == null) {
            site.compareAndSet(place, null, new RunningVolume());
            volume = site.get(place);
        }
        if (volume != null) {
            volume.add(served);
        }
    }

    /** All cells that were ever used. */
    List<Cell> read() {
        List<Cell> cells = new ArrayList<>();
        sites.forEach((name, site) -> {
            for (int place = 0; place < site.length(); place++) {
                RunningVolume volume = site.get(place);
                if (volume != null) {
                    int status = Served.MIN_STATUS + place / CODINGS / paths.length;
                    IoPath path = paths[place / CODINGS % paths.length];
                    cells.add(new Cell(name, status, path, label(place % CODINGS), volume.sum()));
                }
            }
        });
        return cells;
    }

    /** The path's place in the tables above: an index on the hot path, and nothing that outlives the process. */
    @SuppressWarnings("EnumOrdinal")
    private static int column(IoPath path) {
        return path.ordinal();
    }

    private static int coding(@Nullable String name) {
        if (name == null) {
            return 0;
        }
        int known = LedgerSnapshot.CODINGS.indexOf(name);
        return known < 0 ? OTHER : known;
    }

    private static String label(int coding) {
        return coding == OTHER ? "other" : LedgerSnapshot.CODINGS.get(coding);
    }
}
