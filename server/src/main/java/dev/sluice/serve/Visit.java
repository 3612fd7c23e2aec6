package dev.sluice.serve;

import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Request;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a site.
 *
 * @param delivery of its response
 * @param site that it was sent to
 * @param request what a plan depends on
 * @param path what is asked for, decoded
 * @param entrance what the rules say of that
 * @param byAccept whether another {@code Accept} could have got another answer
 */
record Visit(Delivery delivery, ServedSite site, Request request, SitePath path, Entrance entrance, boolean byAccept) {
    /** The same request, for which {@code Accept} has made a difference. */
    Visit decidedByAccept() {
        return new Visit(delivery, site, request, path, entrance, true);
    }

    HttpServerExchange exchange() {
        return delivery.exchange();
    }

    Method method() {
        return request.method();
    }

    /** How a listing is dressed. It has no file name, so it is never taken for a file that stays as it is. */
    Dressing listingDressing(MediaType type) {
        return site.rules().after(method(), entrance.path(), "", type);
    }

    /** How an answer that no file gives is dressed. */
    Dressing dressing(@Nullable MediaType type) {
        return site.rules().after(method(), path, entrance.path().name(), type);
    }
}
