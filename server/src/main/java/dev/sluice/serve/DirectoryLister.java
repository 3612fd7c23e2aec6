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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers with what is in a directory. Blocking, for workers. */
final class DirectoryLister {
    private static final Logger LOG = Logger.getLogger("sluice");

    private static final MediaType HTML = new MediaType("text/html", true);
    private static final MediaType JSON = new MediaType("application/json", false);

    private final Responder responder;
    private final ListingMemory memory;
    private final HtmlListing html = new HtmlListing();
    private final HeaderFields htmlFields = HeaderFields.builder()
            .add("Content-Security-Policy", html.contentSecurityPolicy())
            .build();

    DirectoryLister(Responder responder, ListingMemory memory) {
        this.responder = responder;
        this.memory = memory;
    }

    /**
     * Answers.
     *
     * @param directory the path of the directory, with its slash
     * @throws IOException if the disk is to blame
     */
    void answer(Visit visit, SitePath directory) throws IOException {
        ListingMemory.Claim claim = memory.claim();
        boolean handedOn = false;
        try {
            DirectoryReader reader = new DirectoryReader(visit, directory, claim);
            if (!reader.read()) {
                responder.answer(visit, new Lookup.Missing(Reasons.DIRECTORY_GONE));
                return;
            }
            ListingQuery query = ListingQuery.parse(visit.exchange().getQueryString());
            Contents contents = reader.full() ? null : reader.sorted(query);
            if (contents == null) {
                refuse(visit, claim);
            } else if (!asJson(visit)) {
                page(visit, directory, reader, contents, query);
            } else if (query.page() > 0 || contents.size() <= ListingProducer.PIECE) {
                jsonPage(visit, contents, query);
            } else {
                stream(visit, new ListingProducer(visit.path(), contents, claim));
                handedOn = true;
            }
        } finally {
            if (!handedOn) {
                claim.close();
            }
        }
    }

    private static boolean asJson(Visit visit) {
        if (visit.site().listing() == Listing.JSON) {
            return true;
        }
        AcceptField accept = RequestReader.accept(visit.exchange().getRequestHeaders());
        return accept.quality(JSON.essence()) > accept.quality(HTML.essence());
    }

    private void refuse(Visit visit, ListingMemory.Claim claim) {
        if (claim.beyondAll()) {
            LOG.log(Level.WARNING, "cannot list {0}: it has more names than fit into memory", visit.path());
            responder.answer(visit, new Lookup.Failed(Reasons.LISTING_TOO_LARGE));
        } else {
            responder.answer(visit, new Lookup.Unavailable(Reasons.LISTINGS_BUSY));
        }
    }

    private void page(Visit visit, SitePath directory, DirectoryReader reader, Contents contents, ListingQuery query)
            throws IOException {
        ListingQuery at = query.atPage(Math.min(Math.max(1, query.page()), ListingPage.pages(contents.size())));
        ListingPage page = new ListingPage(
                visit.path(), part(contents, at), contents.size(), at, note(visit, directory, reader, query));
        responder.answer(visit, new Lookup.Listing(HTML, html.render(page), htmlFields), Source.Nowhere.INSTANCE);
    }

    private static ListingPage.@Nullable Note note(
            Visit visit, SitePath directory, DirectoryReader reader, ListingQuery query) throws IOException {
        String name = NoteReader.find(reader.names());
        if (name == null || reader.guarded(visit.path().child(name))) {
            return null;
        }
        return query.readme()
                ? new NoteReader(visit.site().content().resolver(), directory).read(name)
                : NoteReader.unread(name);
    }

    private void jsonPage(Visit visit, Contents contents, ListingQuery query) throws IOException {
        JsonListing json = new JsonListing(visit.path());
        json.add(query.page() > 0 ? part(contents, query) : contents.part(0, contents.size()));
        json.end(contents.size(), Math.max(1, query.page()), ListingPage.pages(contents.size()));
        String text = StandardCharsets.UTF_8.decode(json.take()).toString();
        responder.answer(visit, new Lookup.Listing(JSON, text, HeaderFields.NONE), Source.Nowhere.INSTANCE);
    }

    /** The entries of a page; none of one behind the last. */
    private static List<Entry> part(Contents contents, ListingQuery query) throws IOException {
        long from = (query.page() - 1L) * ListingPage.SIZE;
        int first = (int) Math.min(from, contents.size());
        return contents.part(first, Math.min(first + ListingPage.SIZE, contents.size()));
    }

    private void stream(Visit visit, ListingProducer producer) {
        Source source = new Source.FromProducer(producer);
        responder.answer(visit, new Lookup.Listing(JSON, null, HeaderFields.NONE), source);
    }
}
