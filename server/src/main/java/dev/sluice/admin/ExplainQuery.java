package dev.sluice.admin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Which request is to be explained.
 *
 * @param target path and query as they would be sent, percent-encoded; begins with a slash
 * @param method a token
 * @param headers the request's fields
 */
public record ExplainQuery(String target, String method, List<HeaderLine> headers) {
    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the target is no path or the method no token, with a message that says what was
     *     given and what was expected
     */
    public ExplainQuery {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("path: " + target + " (expected: a path such as /index.html)");
        }
        if (!HeaderLine.isToken(method)) {
            throw new IllegalArgumentException("method: " + method + " (expected: a method such as GET)");
        }
        headers = List.copyOf(headers);
    }

    /**
     * Reads the query; parameters it doesn't know are ignored.
     *
     * @param parameters decoded values by name
     * @throws BadParameterException if the path is missing, or a value can't be used
     */
    static ExplainQuery parse(Map<String, Deque<String>> parameters) throws BadParameterException {
        String path = QueryParameters.single(parameters, "path");
        String method = QueryParameters.single(parameters, "method");
        if (path == null) {
            throw new BadParameterException("path", "none", "a path such as /index.html");
        }
        try {
            List<HeaderLine> headers = new ArrayList<>();
            for (String line : parameters.getOrDefault("header", new ArrayDeque<>())) {
                headers.add(HeaderLine.parse(line));
            }
            return new ExplainQuery(path, method == null ? "GET" : method, headers);
        } catch (IllegalArgumentException e) {
            throw new BadParameterException(String.valueOf(e.getMessage()));
        }
    }
}
