package dev.sluice.ledger;

import dev.sluice.ledger.LedgerSnapshot.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The running totals of records. Not thread-safe.
 *
 * <p>Each record is counted once, in one cell for its site, status, path and coding, so that sums over statuses, paths, sites
 * and codings agree. A cell is made when it is first needed, and most never are.
 */
final class Totals {
    /** The place of whatever coding has none of its own. */
    private static final int OTHER = LedgerSnapshot.CODINGS.size();

    private static final int CODINGS = OTHER + 1;

    private static final int STATUSES = Served.MAX_STATUS - Served.MIN_STATUS + 1;

    private final IoPath[] paths = IoPath.values();
    private final Map<String, @Nullable RunningVolume @Nullable [][]> sites = new HashMap<>();

    void add(Served served) {
        int place = column(served.observed()) * CODINGS + coding(served.contentCoding());
        cell(served.site(), served.status() - Served.MIN_STATUS, place).add(served);
    }

    void addTo(Totals sum) {
        forEach((site, status, place, volume) -> sum.cell(site, status, place).add(volume));
    }

    /** All cells that were ever used. */
    List<Cell> read() {
        List<Cell> cells = new ArrayList<>();
        forEach((site, status, place, volume) -> cells.add(new Cell(
                site, Served.MIN_STATUS + status, paths[place / CODINGS], label(place % CODINGS), volume.read())));
        return cells;
    }

    private RunningVolume cell(String site, int status, int place) {
        @Nullable RunningVolume @Nullable [][] statuses = sites.get(site);
        if (statuses == null) {
            statuses = new RunningVolume[STATUSES][];
            sites.put(site, statuses);
        }
        @Nullable RunningVolume @Nullable [] cells = statuses[status];
        if (cells == null) {
            cells = new RunningVolume[paths.length * CODINGS];
            statuses[status] = cells;
        }
        RunningVolume cell = cells[place];
        if (cell == null) {
            cell = new RunningVolume();
            cells[place] = cell;
        }
        return cell;
    }

    private void forEach(Visitor visitor) {
        sites.forEach((site, statuses) -> {
            for (int status = 0; status < STATUSES; status++) {
                @Nullable RunningVolume @Nullable [] cells = statuses[status];
                for (int place = 0; cells != null && place < cells.length; place++) {
                    RunningVolume cell = cells[place];
                    if (cell != null) {
                        visitor.visit(site, status, place, cell);
                    }
                }
            }
        });
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

    private interface Visitor {
        void visit(String site, int status, int place, RunningVolume volume);
    }
}
