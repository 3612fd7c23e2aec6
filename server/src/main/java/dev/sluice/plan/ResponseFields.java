package dev.sluice.plan;

import dev.sluice.http.ByteRange;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.HeaderFields;
import dev.sluice.http.HttpDate;
import dev.sluice.http.MediaType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The fields of each kind of response that is about a representation. */
final class ResponseFields {
    private ResponseFields() {}

    /** 200. */
    static HeaderFields whole(Representation of) {
        HeaderFields.Builder fields = content(of, of.length());
        validators(fields, of);
        return caching(fields, of).build();
    }

    /** 206 with one part (RFC 9110 §15.3.7.1). */
    static HeaderFields partial(Representation of, ByteRange range) {
        HeaderFields.Builder fields = content(of, range.length());
        fields.add("Content-Range", range.contentRange(of.length()));
        validators(fields, of);
        return caching(fields, of).build();
    }

    /** 304: what a cache needs to find and freshen what it holds, and no more (RFC 9110 §15.4.5). */
    static HeaderFields notModified(Representation of) {
        HeaderFields.Builder fields = HeaderFields.builder();
        vary(fields, of);
        validators(fields, of.withoutDigest());
        return caching(fields, of).build();
    }

    /** What a refusal says of a resource that varies: a cache must not give it to a client that would get another answer. */
    static HeaderFields vary(Representation of) {
        return vary(HeaderFields.builder(), of).build();
    }

    /** 206 with several parts: {@code Content-Range} stands in the parts only (RFC 9110 §15.3.7.2). */
    static HeaderFields multipart(Representation of, String boundary, long length) {
        HeaderFields.Builder fields = HeaderFields.builder()
                .add("Content-Type", "multipart/byteranges; boundary=" + boundary)
                .add("Content-Length", Long.toString(length))
                .add("X-Content-Type-Options", "nosniff")
                .add("Accept-Ranges", "bytes");
        coding(fields, of);
        validators(fields, of);
        return caching(fields, of).build();
    }

    /** 200 of what is compressed while it is sent: nobody knows its length, nor where a byte of it will be. */
    static HeaderFields compressed(Representation of) {
        HeaderFields.Builder fields = HeaderFields.builder()
                .add("Content-Type", of.type().fieldValue())
                .add("X-Content-Type-Options", "nosniff")
                .add("Accept-Ranges", "none");
        coding(fields, of);
        validators(fields, of);
        return caching(fields, of).build();
    }

    /** 200 of a page that is another one each time: not to be kept. */
    static HeaderFields unique(MediaType type, long length) {
        return HeaderFields.builder()
                .add("Content-Type", type.fieldValue())
                .add("Content-Length", Long.toString(length))
                .add("X-Content-Type-Options", "nosniff")
                .add("Cache-Control", "no-store")
                .build();
    }

    /**
     * 200 of what belongs to live reload: for pages of this very origin.
     *
     * @param text the body, or null if its length is not known
     */
    static HeaderFields live(MediaType type, @Nullable String text) {
        HeaderFields.Builder fields = HeaderFields.builder().add("Content-Type", type.fieldValue());
        if (text != null) {
            fields.add("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
        }
        return fields.add("X-Content-Type-Options", "nosniff")
                .add("Cross-Origin-Resource-Policy", "same-origin")
                .add("Cache-Control", "no-store")
                .build();
    }

    /** An error with the site's page: not an answer to keep, to revalidate or to ask ranges of. */
    static HeaderFields errorPage(Representation page) {
        HeaderFields.Builder fields = HeaderFields.builder()
                .add("Content-Type", page.type().fieldValue())
                .add("Content-Length", Long.toString(page.length()))
                .add("Cache-Control", "no-store")
                .add("X-Content-Type-Options", "nosniff");
        return coding(fields, page).build();
    }

    /** 308. Permanent in meaning, but to be asked again: tomorrow the directory may be a file (RFC 9110 §15.4.9). */
    static HeaderFields redirect(String location) {
        return HeaderFields.builder()
                .add("Location", location)
                .add("Content-Length", "0")
                .add("Cache-Control", "no-cache")
                .build();
    }

    private static HeaderFields.Builder content(Representation of, long bytesSent) {
        HeaderFields.Builder fields = HeaderFields.builder()
                .add("Content-Type", of.type().fieldValue())
                .add("Content-Length", Long.toString(bytesSent))
                .add("X-Content-Type-Options", "nosniff")
                .add("Accept-Ranges", "bytes");
        return coding(fields, of);
    }

    /** 200 of a listing: made anew each time, so there is nothing to compare. */
    static HeaderFields listing(MediaType type, @Nullable String text) {
        HeaderFields.Builder fields = HeaderFields.builder().add("Content-Type", type.fieldValue());
        if (text != null) {
            fields.add("Content-Length", Integer.toString(text.getBytes(StandardCharsets.UTF_8).length));
        }
        return fields.add("X-Content-Type-Options", "nosniff")
                .add("Vary", "Accept")
                .add("Cache-Control", "no-cache")
                .build();
    }

    private static HeaderFields.Builder coding(HeaderFields.Builder fields, Representation of) {
        if (of.coding() != ContentCoding.IDENTITY) {
            fields.add("Content-Encoding", of.coding().token());
        }
        return vary(fields, of);
    }

    private static HeaderFields.Builder vary(HeaderFields.Builder fields, Representation of) {
        return of.varies() ? fields.add("Vary", "Accept-Encoding") : fields;
    }

    private static void validators(HeaderFields.Builder fields, Representation of) {
        fields.add("ETag", of.etag().toString());
        if (of.lastModified() != null) {
            fields.add("Last-Modified", HttpDate.format(of.lastModified()));
        }
        if (of.digest() != null) {
            fields.add("Repr-Digest", of.digest());
        }
    }

    private static HeaderFields.Builder caching(HeaderFields.Builder fields, Representation of) {
        boolean page = of.type().essence().equals("text/html");
        return fields.add("Cache-Control", page ? "no-cache" : "max-age=0, must-revalidate");
    }
}
