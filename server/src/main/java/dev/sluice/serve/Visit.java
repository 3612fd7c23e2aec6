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
 * @param inquiry what is asked
 */
record Visit(Delivery delivery, Inquiry inquiry) {
    /** A request for a path of a site, of which the rules say so much. */
    Visit(Delivery delivery, ServedSite site, Request request, SitePath path, Entrance entrance) {
        this(delivery, new Inquiry(site, request, path, delivery.exchange().getQueryString(), entrance, false));
    }

    /** The same request, for which {@code Accept} has made a difference. */
    Visit decidedByAccept() {
        return new Visit(delivery, inquiry.decidedByAccept());
    }

    HttpServerExchange exchange() {
        return delivery.exchange();
    }

    ServedSite site() {
        return inquiry.site();
    }

    Request request() {
        return inquiry.request();
    }

    SitePath path() {
        return inquiry.path();
    }

    Entrance entrance() {
        return inquiry.entrance();
    }

    Method method() {
        return inquiry.method();
    }

    /** How an answer that no file gives is dressed. */
    Dressing dressing(@Nullable MediaType type) {
        return inquiry.dressing(type);
    }
}
