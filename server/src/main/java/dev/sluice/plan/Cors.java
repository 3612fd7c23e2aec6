package dev.sluice.plan;

import dev.sluice.http.HeaderFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pages of other origins may read an answer (the Fetch standard's CORS protocol).
 *
 * @param origins the origins, such as {@code https://a.example}; {@code *} for all
 * @param methods what they may use
 * @param headers the request fields they may send beside the harmless ones
 * @param expose the response fields they may read beside the harmless ones
 * @param credentials whether they may send cookies and passwords along
 * @param maxAgeSeconds how long a browser may remember the answer to a preflight, from 0
 */
public record Cors(
        List<String> origins,
        List<String> methods,
        List<String> headers,
        List<String> expose,
        boolean credentials,
        long maxAgeSeconds) {
    private static final String ANY = "*";

    /** Copies the lists. */
    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        expose = List.copyOf(expose);
    }

    /** Whether the fields are the same for every origin. With credentials the origin has to be named. */
    boolean constant() {
        return origins.contains(ANY) && !credentials;
    }

    /**
     * Puts the fields of an ordinary answer among others.
     *
     * @param origin the {@code Origin} of the request, or null
     */
    HeaderFields share(HeaderFields fields, @Nullable String origin) {
        HeaderFields.Builder shared = HeaderFields.builder().addAll(fields);
        if (allow(shared, origin) && !expose.isEmpty()) {
            shared.set("Access-Control-Expose-Headers", String.join(", ", expose));
        }
        return shared.build();
    }

    /** Answers a preflight: 204, and if the origin may not come, without leave. */
    Plan preflight(@Nullable String origin) {
        HeaderFields.Builder fields = HeaderFields.builder();
        if (allow(fields, origin)) {
            fields.add("Access-Control-Allow-Methods", String.join(", ", methods));
            if (!headers.isEmpty()) {
                fields.add("Access-Control-Allow-Headers", String.join(", ", headers));
            }
            fields.add("Access-Control-Max-Age", Long.toString(maxAgeSeconds));
        }
        return new Plan(204, fields.build(), new Body.None(), Reasons.PREFLIGHT);
    }

    private boolean allow(HeaderFields.Builder fields, @Nullable String origin) {
        if (constant()) {
            fields.set("Access-Control-Allow-Origin", ANY);
            return true;
        }
        fields.add("Vary", "Origin");
        if (origin == null || !(origins.contains(ANY) || origins.contains(origin))) {
            return false;
        }
        fields.set("Access-Control-Allow-Origin", origin);
        if (credentials) {
            fields.set("Access-Control-Allow-Credentials", "true");
        }
        return true;
    }
}
