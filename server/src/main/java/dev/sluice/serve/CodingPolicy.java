package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaType;
import java.util.List;

/**
 * What is sent coded.
 *
 * @param codings which codings, the preferred ones first; empty for none
 * @param minSize the length in bytes from which a body is coded, from 0
 * @param streaming whether large files are compressed while they are sent
 */
public record CodingPolicy(List<ContentCoding> codings, long minSize, boolean streaming) {
    /** Nothing is coded. */
    public static final CodingPolicy NONE = new CodingPolicy(List.of(), 0, false);

    /** Copies the list. */
    public CodingPolicy {
        codings = List.copyOf(codings);
    }

    /** Whether a body of that type and length is worth coding. */
    boolean covers(MediaType type, long length) {
        return !codings.isEmpty() && length >= minSize && type.compressible();
    }
}
