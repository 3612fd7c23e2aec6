package dev.sluice.serve;

import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.plan.Body;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Planner;
import dev.sluice.site.TreeWatch;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has the pages of a site load themselves again when one of its files changes: gives them a script, and that script events
 * (server-sent, WHATWG HTML §9.2). Both lie at paths of the site that no file has. Thread-safe.
 *
 * <p>A page knows the version of the site that it was read from, and tells it when it asks for events: so no change between the
 * two is lost, nor one while no server ran.
 */
public final class LiveReload implements Closeable {
    /** Where the events are. */
    static final String EVENTS = "/.sluice/reload";

    /** Where the script is. */
    static final String SCRIPT = "/.sluice/reload.js";

    /** Streams at a time: one more ends the oldest, whose page, if there still is one, asks anew. */
    static final int MOST_STREAMS = 64;

    private static final MediaType JAVASCRIPT = new MediaType("text/javascript", true);
    private static final MediaType EVENT_STREAM = new MediaType("text/event-stream", false);
    private static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");
    private static final HttpString SEC_FETCH_SITE = new HttpString("Sec-Fetch-Site");
    private static final String SINCE = "since=";
    private static final int RADIX = 36;

    private final String script = read();

    /** Tells versions of this process from those of another one. */
    private final String epoch = Long.toString(new SecureRandom().nextLong() >>> 1, RADIX) + '-';

    private final Set<ReloadStream> streams = new LinkedHashSet<>();
    private final TreeWatch watch;
    private long changes;
    private long pageChangedAt;
    private boolean closed;

    /**
     * @param watch of the site's root, which is to be opened by {@link #begin}. It becomes this one's, which closes it
     */
    public LiveReload(TreeWatch watch) {
        this.watch = watch;
    }

    /** Begins to watch. Blocking: all directories of the site are looked at. */
    public LiveReload begin() {
        watch.begin(this::changed);
        return this;
    }

    private static String read() {
        try (@Nullable InputStream in = LiveReload.class.getResourceAsStream("reload.js")) {
            if (in == null) {
                throw new IllegalStateException("class path: no reload.js beside " + LiveReload.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What tells the site as it is now from what it was and will be: lower-case letters, digits and a dash. */
    synchronized String version() {
        return epoch + changes;
    }

    /**
     * The element that a page is given.
     *
     * @param version before the page was read
     * @param nonce that scripts of the page must have, or null
     */
    ScriptTag script(String version, @Nullable String nonce) {
        return new ScriptTag(SCRIPT, version, nonce);
    }

    /** What a page that is given the element needs in its {@code Content-Security-Policy}. */
    static String contentSecurityPolicy() {
        return "; script-src 'self'; connect-src 'self'";
    }

    /**
     * Answers a request for the script or the events.
     *
     * @return false if it is for neither; nothing has happened then
     */
    boolean answer(Delivery delivery, Method method, String rawPath, Responder responder) {
        HttpServerExchange exchange = delivery.exchange();
        if (rawPath.equals(SCRIPT)) {
            Plan plan = Planner.live(method, JAVASCRIPT, script, foreign(exchange));
            responder.answer(delivery, plan, Source.Nowhere.INSTANCE);
            return true;
        }
        if (!rawPath.equals(EVENTS)) {
            return false;
        }
        Plan plan = Planner.live(method, EVENT_STREAM, null, foreign(exchange));
        Source source = plan.body() instanceof Body.Events
                ? new Source.FromEvents(new ReloadStream(this, since(exchange), delivery))
                : Source.Nowhere.INSTANCE;
        // Not inside the handler: Undertow ends an exchange that its handler leaves without a next event.
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> responder.answer(delivery, plan, source));
        return true;
    }

    /** Whether the page of another origin asks: newer browsers say so, older ones name the origin then. */
    private static boolean foreign(HttpServerExchange exchange) {
        String site = exchange.getRequestHeaders().getFirst(SEC_FETCH_SITE);
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        boolean elsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
        return elsewhere || (origin != null && !origin.endsWith("://" + RequestReader.host(exchange)));
    }

    /** The version that the client knows, or an empty text. */
    private static String since(HttpServerExchange exchange) {
        String last = exchange.getRequestHeaders().getFirst(LAST_EVENT_ID);
        if (last != null && !last.isEmpty()) {
            return last;
        }
        String query = exchange.getQueryString();
        return query.startsWith(SINCE) ? query.substring(SINCE.length()) : "";
    }

    /**
     * Has a stream told of what follows.
     *
     * @param since the version that its client knows; empty for the present one
     * @return what it begins by
     */
    synchronized String join(ReloadStream stream, String since) {
        if (closed) {
            stream.end();
            return "";
        }
        if (streams.size() >= MOST_STREAMS) {
            ReloadStream oldest = streams.iterator().next();
            streams.remove(oldest);
            oldest.end();
        }
        streams.add(stream);
        boolean current = since.isEmpty() || since.equals(version());
        return "retry: 500\nid: " + version() + "\n\n" + (current ? "" : event(seen(since) < pageChangedAt));
    }

    /** The number of a version; −1 if it is one of another process. */
    private long seen(String version) {
        try {
            return version.startsWith(epoch) ? Long.parseLong(version.substring(epoch.length())) : -1;
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }

    private String event(boolean page) {
        return "id: " + version() + "\ndata: " + (page ? "page" : "style") + "\n\n";
    }

    synchronized void leave(ReloadStream stream) {
        streams.remove(stream);
    }

    /**
     * Tells all pages of a change.
     *
     * @param names of the files that have changed; where these are style sheets alone, pages need not be loaded again
     */
    synchronized void changed(Set<String> names) {
        boolean page =
                !names.stream().allMatch(name -> name.toLowerCase(Locale.ROOT).endsWith(".css"));
        changes++;
        if (page) {
            pageChangedAt = changes;
        }
        String event = event(page);
        streams.forEach(stream -> stream.tell(event));
    }

    /** Watches no more, and ends all streams, for which a stop need not wait. */
    @Override
    public void close() {
        watch.close();
        synchronized (this) {
            closed = true;
            streams.forEach(ReloadStream::end);
            streams.clear();
        }
    }
}
