package dev.sluice.admin;

import dev.sluice.ledger.Served;
import java.util.Deque;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which records {@code /api/requests/stream} is asked for.
 *
 * @param filter true for a record that is wanted
 * @param perSecond how many a second at most, or {@link #ALL}
 * @param after the number of the last record that the client has, or {@link #NONE}
 */
record StreamQuery(Predicate<Served> filter, int perSecond, long after) {
    static final int ALL = Integer.MAX_VALUE;
    static final long NONE = -1;

    private static final int MOST_PER_SECOND = 10_000;

    /**
     * Reads the query; parameters it doesn't know are ignored.
     *
     * @param parameters decoded values by name
     * @throws BadParameterException if a value can't be used
     */
    static StreamQuery parse(Map<String, Deque<String>> parameters) throws BadParameterException {
        String perSecond = QueryParameters.single(parameters, "perSecond");
        int most = perSecond == null ? ALL : QueryParameters.integer("perSecond", perSecond, 1, MOST_PER_SECOND);
        return new StreamQuery(RequestsQuery.filter(parameters), most, NONE);
    }

    /**
     * The same from where a client left off.
     *
     * @param lastEventId the Last-Event-ID field, or null without one; an empty one means none
     * @throws BadParameterException if it is not the number of a record
     */
    StreamQuery after(@Nullable String lastEventId) throws BadParameterException {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return this;
        }
        long id = QueryParameters.number("Last-Event-ID", lastEventId, 0, Long.MAX_VALUE, "the number of a record");
        return new StreamQuery(filter, perSecond, id);
    }
}
