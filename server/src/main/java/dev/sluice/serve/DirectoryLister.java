package dev.sluice.serve;

import dev.sluice.http.AcceptField;
import dev.sluice.http.HeaderFields;
import dev.sluice.http.MediaType;
import dev.sluice.http.SitePath;
import dev.sluice.listing.Entry;
import dev.sluice.listing.HtmlListing;
import dev.sluice.listing.JsonListing;
import dev.sluice.listing.ListingPage;
import dev.sluice.listing.ListingQuery;
import dev.sluice.plan.Lookup;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells what is in a directory. Blocking, for workers. */
final class DirectoryLister {
    private static final Logger LOG = Logger.getLogger("sluice");

    private static final MediaType HTML = new MediaType("text/html", true);
    private static final MediaType JSON = new MediaType("application/json", false);

    /** How often a listing is begun anew. */
    private static final int MAX_SWITCHES = 3;

    private final ListingMemory memory;
    private final HtmlListing html = new HtmlListing();
    private final HeaderFields htmlFields = HeaderFields.builder()
            .add("Content-Security-Policy", html.contentSecurityPolicy())
            .build();
    private final HeaderFields liveHtmlFields = HeaderFields.builder()
            .add("Content-Security-Policy", html.contentSecurityPolicy() + LiveReload.contentSecurityPolicy())
            .build();

    DirectoryLister(ListingMemory memory) {
        this.memory = memory;
    }

    /**
     * What a look at a directory came to.
     *
     * @param lookup a {@link Lookup.Listing}, or why there is none
     * @param source where the listing comes from if it is made while it is sent, to be released
     */
    record Listed(Lookup lookup, Source source) {
        private Listed(Lookup lookup) {
            this(lookup, Source.Nowhere.INSTANCE);
        }

        /** Whether nothing of it is made while it is sent. */
        private boolean whole() {
            return source instanceof Source.Nowhere;
        }
    }

    /**
     * Lists. A root that is switched meanwhile is listed anew: names of one release, looked up in the next, would be a listing
     * of neither.
     *
     * @param accept which media types the client likes
     * @param directory the path of the directory, with its slash
     * @throws IOException if the disk is to blame
     */
    Listed list(Inquiry inquiry, AcceptField accept, SitePath directory) throws IOException {
        Resolver resolver = inquiry.site().content().resolver();
        long beganAt = System.nanoTime();
        Listed listed = listOnce(inquiry, accept, directory);
        for (int again = 0; again < MAX_SWITCHES && listed.whole() && resolver.switchedSince(beganAt); again++) {
            beganAt = System.nanoTime();
            listed = listOnce(inquiry, accept, directory);
        }
        return listed;
    }

    private Listed listOnce(Inquiry inquiry, AcceptField accept, SitePath directory) throws IOException {
        ListingMemory.Claim claim = memory.claim();
        LiveReload live = inquiry.site().content().live();
        ScriptTag script = live == null ? null : live.script(live.version(), null);
        boolean handedOn = false;
        try {
            DirectoryReader reader = new DirectoryReader(inquiry, directory, claim);
            if (!reader.read()) {
                return new Listed(new Lookup.Missing(Reasons.DIRECTORY_GONE));
            }
            ListingQuery query = ListingQuery.parse(inquiry.query());
            Contents contents = reader.full() ? null : reader.sorted(query);
            if (contents == null) {
                return new Listed(refusal(inquiry, claim));
            }
            if (!asJson(inquiry, accept)) {
                return new Listed(page(inquiry, directory, reader, contents, query, script));
            }
            if (query.page() > 0 || contents.size() <= ListingProducer.PIECE) {
                return new Listed(jsonPage(inquiry, contents, query));
            }
            handedOn = true;
            ListingProducer producer = new ListingProducer(inquiry.path(), contents, claim);
            return new Listed(new Lookup.Listing(JSON, null, HeaderFields.NONE), new Source.FromProducer(producer));
        } finally {
            if (!handedOn) {
                claim.close();
            }
        }
    }

    private static boolean asJson(Inquiry inquiry, AcceptField accept) {
        return inquiry.site().listing() == Listing.JSON
                || accept.quality(JSON.essence()) > accept.quality(HTML.essence());
    }

    private static Lookup refusal(Inquiry inquiry, ListingMemory.Claim claim) {
        if (claim.beyondAll()) {
            LOG.log(Level.WARNING, "cannot list {0}: it has more names than fit into memory", inquiry.path());
            return new Lookup.Failed(Reasons.LISTING_TOO_LARGE);
        }
        return new Lookup.Unavailable(Reasons.LISTINGS_BUSY);
    }

    private Lookup page(
            Inquiry inquiry,
            SitePath directory,
            DirectoryReader reader,
            Contents contents,
            ListingQuery query,
            @Nullable ScriptTag script)
            throws IOException {
        ListingQuery at = query.atPage(Math.min(Math.max(1, query.page()), ListingPage.pages(contents.size())));
        ListingPage page = new ListingPage(
                inquiry.path(), part(contents, at), contents.size(), at, note(inquiry, directory, reader, query));
        String text = html.render(page);
        return script == null
                ? new Lookup.Listing(HTML, text, htmlFields)
                : new Lookup.Listing(HTML, script.into(text), liveHtmlFields);
    }

    private static ListingPage.@Nullable Note note(
            Inquiry inquiry, SitePath directory, DirectoryReader reader, ListingQuery query) throws IOException {
        String name = NoteReader.find(reader.names());
        if (name == null || reader.guarded(inquiry.path().child(name))) {
            return null;
        }
        return query.readme()
                ? new NoteReader(inquiry.site().content().resolver(), directory).read(name)
                : NoteReader.unread(name);
    }

    private static Lookup jsonPage(Inquiry inquiry, Contents contents, ListingQuery query) throws IOException {
        JsonListing json = new JsonListing(inquiry.path());
        json.add(query.page() > 0 ? part(contents, query) : contents.part(0, contents.size()));
        json.end(contents.size(), Math.max(1, query.page()), ListingPage.pages(contents.size()));
        String text = StandardCharsets.UTF_8.decode(json.take()).toString();
        return new Lookup.Listing(JSON, text, HeaderFields.NONE);
    }

    /** The entries of a page; none of one behind the last. */
    private static List<Entry> part(Contents contents, ListingQuery query) throws IOException {
        long from = (query.page() - 1L) * ListingPage.SIZE;
        int first = (int) Math.min(from, contents.size());
        return contents.part(first, Math.min(first + ListingPage.SIZE, contents.size()));
    }
}
