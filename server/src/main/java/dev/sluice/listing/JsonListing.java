package dev.sluice.listing;

import dev.sluice.http.SitePath;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A listing as JSON, made in pieces:
 * {@code {"path":"/dir/","entries":[{"name","type":"file"|"directory","size","modified"}],"total","page","pages"}}. Names and
 * path are decoded; {@code size} is in bytes, and null for a directory; {@code modified} is an RFC 3339 time in UTC.
 *
 * <p>The pieces, one behind the other, are the document. For one thread at a time.
 */
public final class JsonListing {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonGenerator json;

    /**
     * Begins a listing.
     *
     * @param path of the directory
     */
    public JsonListing(SitePath path) {
        this.json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("path", path.withSlash(true).decoded());
        json.writeArrayPropertyStart("entries");
    }

    /** Goes on with entries. */
    public void add(List<Entry> entries) {
        for (Entry entry : entries) {
            json.writeStartObject();
            json.writeStringProperty("name", entry.name());
            json.writeStringProperty("type", entry.directory() ? "directory" : "file");
            if (entry.directory()) {
                json.writeNullProperty("size");
            } else {
                json.writeNumberProperty("size", entry.size());
            }
            json.writeStringProperty("modified", Dates.exact(entry.modified()));
            json.writeEndObject();
        }
    }

    /**
     * Ends the listing.
     *
     * @param total entries on all pages
     * @param page the number of this page, from 1
     * @param pages how many there are, at least 1
     */
    public void end(int total, int page, int pages) {
        json.writeEndArray();
        json.writeNumberProperty("total", total);
        json.writeNumberProperty("page", page);
        json.writeNumberProperty("pages", pages);
        json.writeEndObject();
    }

    /** Returns what has been written since the last call, in UTF-8. */
    public ByteBuffer take() {
        json.flush();
        ByteBuffer piece = ByteBuffer.wrap(out.toByteArray());
        out.reset();
        return piece;
    }
}
