package dev.sluice.admin;

import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The records that a client missed while it was away, as far as the ledger still has them; and which those were, since some of
 * them may be on their way to it as well.
 */
final class Replay {
    private static final long[] NONE = {};

    /** Half of what may wait for a client: the other half is for what comes meanwhile. */
    private static final int MOST_BYTES = Outbox.MOST_BYTES / 2;

    private final StreamQuery query;
    private List<Served> missed = List.of();
    private long[] ids = NONE;

    Replay(StreamQuery query) {
        this.query = query;
    }

    /**
     * Reads them, or the last of them if they are too many.
     *
     * @param leftOut is told of those that are not to be had any more, and of those that are too many
     */
    void read(Ledger ledger, Events events, Allowance leftOut) {
        List<Served> newer = ledger.recent(served -> served.id() > query.after(), Integer.MAX_VALUE);
        List<Served> wanted = newer.stream().filter(query.filter()).toList();
        int allowed = Math.min(wanted.size(), query.perSecond());
        int fits = 0;
        int bytes = 0;
        while (fits < allowed && bytes <= MOST_BYTES) {
            bytes += events.request(wanted.get(fits)).length;
            fits++;
        }
        missed = wanted.subList(0, fits);
        ids = missed.stream().mapToLong(Served::id).sorted().toArray();
        leftOut.surplus(wanted.size() - allowed);
        leftOut.overrun(lost(newer) + allowed - fits);
    }

    private long lost(List<Served> newer) {
        long newest = newer.stream().mapToLong(Served::id).max().orElse(query.after());
        return newest - query.after() - newer.size();
    }

    /** Gives each of them, in the order in which they were recorded. */
    void forEach(Consumer<Served> action) {
        for (int i = missed.size() - 1; i >= 0; i--) {
            action.accept(missed.get(i));
        }
        missed = List.of();
    }

    /** Whether a record was among them. */
    boolean holds(long id) {
        return ids.length > 0 && id <= ids[ids.length - 1] && Arrays.binarySearch(ids, id) >= 0;
    }
}
