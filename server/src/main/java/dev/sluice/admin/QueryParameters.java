package dev.sluice.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

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

    private static String decode(String text) throws BadParameterException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadParameterException("query", text, "two hexadecimal digits after each %");
        }
    }
}
