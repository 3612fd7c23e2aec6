package dev.sluice.admin;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which records {@code /api/requests} is asked for.
 *
 * @param filter true for a record that is wanted
 * @param limit how many at most, 1..1000
 */
record RequestsQuery(Predicate<Served> filter, int limit) {
    /**
     * Reads the query; parameters it doesn't know are ignored.
     *
     * @param parameters decoded values by name
     * @throws BadParameterException if a value can't be used
     */
    static RequestsQuery parse(Map<String, Deque<String>> parameters) throws BadParameterException {
        return new RequestsQuery(filter(parameters), QueryParameters.limit(parameters));
    }

    /**
     * Reads what is asked for, however many.
     *
     * @param parameters decoded values by name
     * @throws BadParameterException if a value can't be used
     */
    static Predicate<Served> filter(Map<String, Deque<String>> parameters) throws BadParameterException {
        String ioPath = QueryParameters.single(parameters, "ioPath");
        String status = QueryParameters.single(parameters, "status");
        String path = QueryParameters.single(parameters, "path");
        Predicate<Served> filter = served -> true;
        if (ioPath != null) {
            IoPath wanted = ioPath(ioPath);
            filter = filter.and(served -> served.observed() == wanted);
        }
        if (status != null) {
            int wanted = QueryParameters.integer("status", status, Served.MIN_STATUS, Served.MAX_STATUS);
            filter = filter.and(served -> served.status() == wanted);
        }
        if (path != null) {
            filter = filter.and(path(path));
        }
        return filter;
    }

    private static IoPath ioPath(String label) throws BadParameterException {
        for (IoPath path : IoPath.values()) {
            if (path.label().equals(label)) {
                return path;
            }
        }
        String labels = Arrays.stream(IoPath.values()).map(IoPath::label).collect(Collectors.joining(", "));
        throw new BadParameterException("ioPath", label, "one of " + labels);
    }

    private static Predicate<Served> path(String path) throws BadParameterException {
        if (!path.startsWith("/")) {
            throw new BadParameterException("path", path, "a path such as /index.html, or a prefix such as /assets/*");
        }
        if (path.endsWith("*")) {
            String prefix = path.substring(0, path.length() - 1);
            return served -> served.path().startsWith(prefix);
        }
        return served -> served.path().equals(path);
    }
}
