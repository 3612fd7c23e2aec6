package dev.sluice.serve;

import dev.sluice.http.SitePath;
import dev.sluice.listing.Entry;
import dev.sluice.listing.JsonListing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the JSON of a whole large directory while it is sent, some hundred entries at a time. */
final class ListingProducer implements Producer {
    /** Entries in a piece: some 50 KB. */
    static final int PIECE = 512;

    private final Contents contents;
    private final JsonListing json;
    private final ListingMemory.Claim claim;
    private int next;
    private int written;
    private boolean ended;

    /**
     * @param path of the directory
     * @param claim to the memory that the contents take; this one's from now on
     */
    ListingProducer(SitePath path, Contents contents, ListingMemory.Claim claim) {
        this.contents = contents;
        this.json = new JsonListing(path);
        this.claim = claim;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (ended) {
            return null;
        }
        int to = Math.min(next + PIECE, contents.size());
        List<Entry> part = contents.part(next, to);
        json.add(part);
        written += part.size();
        next = to;
        ended = next == contents.size();
        if (ended) {
            json.end(written, 1, 1);
        }
        ByteBuffer piece = json.take();
        // Of a part of which nothing is left there is nothing to send.
        return piece.hasRemaining() ? piece : next();
    }

    @Override
    public void close() {
        claim.close();
    }
}
