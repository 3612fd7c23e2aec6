package dev.sluice.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a query as browsers write it ({@code application/x-www-form-urlencoded}, WHATWG URL §5.1). Done here and not
 * left to Undertow, which on our listeners hands everything on as it was sent.
 */
final class QueryParameters {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private QueryParameters() {}

    /**
     * Decodes names and values.
     *
     * @param query the query as received, without its question mark; empty for none
     * @return values by name, in the order given; a name without a value has the empty one
     * @throws BadParameterException if an escape is broken
     */
    static Map<String, Deque<String>> parse(String query) throws BadParameterException {
        Map<String, Deque<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!name.isEmpty()) {
                parameters.computeIfAbsent(name, n -> new ArrayDeque<>()).add(value);
            }
        }
        return parameters;
    }

    /**
     * The only value of a parameter.
     *
     * @return the value, or null if the parameter was not given
     * @throws BadParameterException if it was given more than once
     */
    static @Nullable String single(Map<String, Deque<String>> parameters, String name) throws BadParameterException {
        Deque<String> values = parameters.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw new BadParameterException(name, String.join(", ", values), "one value");
        }
        return values.getFirst();
    }

    /**
     * A whole number.
     *
     * @throws BadParameterException if it is none, or out of bounds
     */
    static int integer(String name, String value, int min, int max) throws BadParameterException {
        return (int) number(name, value, min, max, min + ".." + max);
    }

    /**
     * A whole number.
     *
     * @param expected says what it has to be
     * @throws BadParameterException if it is none, or out of bounds
     */
    static long number(String name, String value, long min, long max, String expected) throws BadParameterException {
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new BadParameterException(name, value, expected);
        }
        throw new BadParameterException(name, value, expected);
    }

    /**
     * How many of something are asked for: 1..1000, 100 if nothing is said.
     *
     * @throws BadParameterException if the value can't be used
     */
    static int limit(Map<String, Deque<String>> parameters) throws BadParameterException {
        String limit = single(parameters, "limit");
        return limit == null ? DEFAULT_LIMIT : integer("limit", limit, 1, MAX_LIMIT);
    }

    private static String decode(String text) throws BadParameterException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadParameterException("query", text, "two hexadecimal digits after each %");
        }
    }
}
