package dev.sluice.admin;

import java.time.InstantSource;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What each endpoint answers. Knows nothing of exchanges: parameters in, an answer out. */
final class AdminApi {
    private static final Set<String> HEALTH_CHECKS = Set.of("/healthz", "/readyz");

    private static final String PURGEABLE = "a path such as /index.html, a prefix such as /assets/*, or /* for all";

    private final AdminPorts ports;
    private final Dashboard dashboard = new Dashboard();
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, Endpoint> actions = new LinkedHashMap<>();

    AdminApi(AdminPorts ports, InstantSource clock) {
        this.ports = ports;
        endpoints.put("/api/stats", parameters -> Answer.ok(StatsView.of(ports, clock.instant())));
        endpoints.put("/api/requests", this::requests);
        endpoints.put(
                "/api/requests/stream",
                parameters -> new Answer(200, Streams.MEDIA_TYPE, Map.of(), StreamQuery.parse(parameters)));
        endpoints.put(
                "/api/config", parameters -> Answer.ok(ports.configuration().get()));
        endpoints.put("/api/explain", this::explain);
        endpoints.put("/api/cache", this::cache);
        actions.put("/api/cache/purge", this::purge);
        MetricsEndpoint metrics = new MetricsEndpoint(ports);
        endpoints.put("/metrics", parameters -> Answer.ok(metrics));
        OpenApi description = new OpenApi(ports.server().version());
        endpoints.put(OpenApi.PATH, parameters -> Answer.ok("application/json", description.octets()));
        actions.put(
                ReloadAnswer.PATH, parameters -> ReloadAnswer.of(ports.reload().reload()));
        endpoints.put("/healthz", parameters -> Answer.ok(new Health("ok")));
        endpoints.put("/readyz", parameters -> ready());
    }

    /** Tells whether what is at this path may be had without a token. */
    static boolean isOpen(String path) {
        return HEALTH_CHECKS.contains(path) || Dashboard.holds(path);
    }

    /**
     * Answers a request that the guard let pass.
     *
     * @param method the request method, case-sensitive (RFC 9110 §9.1)
     * @param path the decoded path
     * @param query the query as received, without its question mark
     */
    Answer answer(String method, String path, String query) {
        boolean looks = method.equals("GET") || method.equals("HEAD");
        if (Dashboard.holds(path)) {
            return looks ? dashboard.answer(path) : refused(method, path, true);
        }
        Endpoint endpoint = endpoints.get(path);
        Endpoint action = actions.get(path);
        if (endpoint == null && action == null) {
            return Answer.problem(404, "no such endpoint: " + path, path, Map.of("endpoints", all()));
        }
        Endpoint chosen = looks ? endpoint : method.equals("POST") ? action : null;
        if (chosen == null) {
            return refused(method, path, endpoint != null);
        }
        try {
            return chosen.answer(QueryParameters.parse(query));
        } catch (BadParameterException e) {
            return Answer.problem(400, String.valueOf(e.getMessage()), path);
        }
    }

    private List<String> all() {
        return Stream.concat(endpoints.keySet().stream(), actions.keySet().stream())
                .toList();
    }

    private static Answer refused(String method, String path, boolean readable) {
        String expected = readable ? "GET or HEAD" : "POST";
        return Answer.problem(405, method + " " + path + " (expected: " + expected + ")", path)
                .with("Allow", readable ? "GET, HEAD" : "POST");
    }

    private Answer cache(Map<String, Deque<String>> parameters) throws BadParameterException {
        return Answer.ok(ports.contents().contents(QueryParameters.limit(parameters)));
    }

    private Answer purge(Map<String, Deque<String>> parameters) throws BadParameterException {
        String path = QueryParameters.single(parameters, "path");
        if (path == null || !path.startsWith("/")) {
            throw new BadParameterException("path", path == null ? "none" : path, PURGEABLE);
        }
        try {
            return Answer.ok(new Purged(ports.contents().purge(path)));
        } catch (IllegalArgumentException e) {
            throw new BadParameterException("path", path, PURGEABLE);
        }
    }

    private record Purged(int purged) {}

    private Answer requests(Map<String, Deque<String>> parameters) throws BadParameterException {
        RequestsQuery query = RequestsQuery.parse(parameters);
        return Answer.ok(RequestsView.of(ports.ledger().recent(query.filter(), query.limit())));
    }

    private Answer explain(Map<String, Deque<String>> parameters) throws BadParameterException {
        return Answer.ok(ports.explain().apply(ExplainQuery.parse(parameters)));
    }

    private Answer ready() {
        return ports.ready().getAsBoolean()
                ? Answer.ok(new Health("ready"))
                : Answer.problem(503, "not ready: the server is starting or draining", "/readyz");
    }

    private record Health(String status) {}

    /** One resource of the API. */
    private interface Endpoint {
        Answer answer(Map<String, Deque<String>> parameters) throws BadParameterException;
    }
}
