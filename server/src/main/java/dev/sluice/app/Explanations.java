package dev.sluice.app;

import dev.sluice.admin.ExplainAnswer;
import dev.sluice.admin.ExplainQuery;
import dev.sluice.admin.HeaderLine;
import dev.sluice.config.CacheSettings;
import dev.sluice.config.Configuration;
import dev.sluice.config.ListenerSettings;
import dev.sluice.http.HeaderFields;
import dev.sluice.plan.Step;
import dev.sluice.serve.DiskOptions;
import dev.sluice.serve.ExplainedRequest;
import dev.sluice.serve.Explainer;
import dev.sluice.serve.Explanation;
import dev.sluice.serve.Serving;
import dev.sluice.serve.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Explains requests to those who administer a server, or mean to start one. */
public final class Explanations implements Function<ExplainQuery, ExplainAnswer> {
    private final Explainer explainer;
    private final boolean secure;

    private Explanations(Explainer explainer, boolean secure) {
        this.explainer = explainer;
        this.secure = secure;
    }

    /** Of a server whose parts these are. Requests are taken to come over TLS if every listener that serves speaks it. */
    static Explanations of(Configuration configuration, Serving serving, Storage storage) {
        boolean secure = configuration.listeners().stream()
                .filter(listener -> listener.redirect() == ListenerSettings.Redirect.NONE)
                .allMatch(listener -> listener.tls() != null);
        return new Explanations(new Explainer(serving, storage), secure);
    }

    /** Explains what a server with an empty hot set would answer. No server is started: no socket, no region. */
    public static ExplainAnswer offline(Configuration configuration, ExplainQuery query) {
        try (Storage storage = storage(configuration.cache(), Parts.diskOptions(configuration.io()))) {
            Serving serving = new Serving(ServedSites.of(configuration, storage).edition());
            return of(configuration, serving, storage).apply(query);
        }
    }

    private static Storage storage(CacheSettings cache, DiskOptions reading) {
        return cache.memoryBytes(new MachineMemory().bytes()) == 0
                ? new Storage(null, 0, cache.revalidate(), reading, null)
                : Storage.imagined(cache.maxFileSize().bytes(), reading);
    }

    /** Blocking: it may read a file, and check a password. */
    @Override
    public ExplainAnswer apply(ExplainQuery query) {
        HeaderFields.Builder fields = HeaderFields.builder();
        for (HeaderLine line : query.headers()) {
            fields.add(line.name(), line.value());
        }
        Explanation told =
                explainer.explain(new ExplainedRequest(query.method(), query.target(), fields.build(), secure));
        return new ExplainAnswer(
                told.status(), told.planned().label(), told.reason(), joined(told.headers()), trace(told.trace()));
    }

    private static Map<String, String> joined(HeaderFields fields) {
        Map<String, String> joined = new LinkedHashMap<>();
        fields.forEach(field -> joined.merge(field.name(), field.value(), (first, next) -> first + ", " + next));
        return joined;
    }

    private static List<ExplainAnswer.Decision> trace(List<Step> steps) {
        return steps.stream()
                .map(step -> new ExplainAnswer.Decision(step.name(), step.finding()))
                .toList();
    }
}
