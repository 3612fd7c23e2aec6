package dev.sluice.plan;

import dev.sluice.http.ByteRange;
import dev.sluice.http.HeaderFields;
import dev.sluice.http.HttpDate;

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
        validators(fields, of);
        return caching(fields, of).build();
    }

    /** 404 with the site's page: not an answer to keep, to revalidate or to ask ranges of. */
    static HeaderFields missingPage(Representation page) {
        return HeaderFields.builder()
                .add("Content-Type", page.type().fieldValue())
                .add("Content-Length", Long.toString(page.length()))
                .add("Cache-Control", "no-store")
                .add("X-Content-Type-Options", "nosniff")
                .build();
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
        return HeaderFields.builder()
                .add("Content-Type", of.type().fieldValue())
                .add("Content-Length", Long.toString(bytesSent))
                .add("X-Content-Type-Options", "nosniff")
                .add("Accept-Ranges", "bytes");
    }

    private static void validators(HeaderFields.Builder fields, Representation of) {
        fields.add("ETag", of.etag().toString());
        if (of.lastModified() != null) {
            fields.add("Last-Modified", HttpDate.format(of.lastModified()));
        }
    }

    private static HeaderFields.Builder caching(HeaderFields.Builder fields, Representation of) {
        boolean page = of.type().essence().equals("text/html");
        return fields.add("Cache-Control", page ? "no-cache" : "max-age=0, must-revalidate");
    }
}
