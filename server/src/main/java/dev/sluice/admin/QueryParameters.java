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

    private static String decode(String text) throws BadParameterException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadParameterException("query", text, "two hexadecimal digits after each %");
        }
    }
}
