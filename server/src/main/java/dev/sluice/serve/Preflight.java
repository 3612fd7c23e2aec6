package dev.sluice.serve;

import dev.sluice.http.Method;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import org.jspecify.annotations.Nullable;

/**
 * What a browser asks before a page of another origin may send a request (the Fetch standard's CORS preflight).
 *
 * @param asked whether this request is such a question
 * @param method the one it asks for, or else its own
 */
record Preflight(boolean asked, Method method) {
    private static final HttpString REQUEST_METHOD = HttpString.tryFromString("Access-Control-Request-Method");

    static Preflight of(HeaderMap headers, Method method) {
        String wanted =
                method == Method.OPTIONS && headers.contains(Headers.ORIGIN) ? headers.getFirst(REQUEST_METHOD) : null;
        return wanted == null ? new Preflight(false, method) : new Preflight(true, Method.of(wanted));
    }

    /**
     * The answer, or null if this is no such question, or one that the rules say nothing to.
     *
     * @param origin the {@code Origin} field, or null
     */
    @Nullable
    Plan answer(Entrance entrance, @Nullable String origin) {
        return asked && entrance.cors() != null ? Planner.preflight(entrance.cors(), origin) : null;
    }
}
