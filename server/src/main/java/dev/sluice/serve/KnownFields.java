package dev.sluice.serve;

import dev.sluice.http.AcceptEncoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request that was answered with the whole of a hot file, octet by octet, and what followed from them.
 * Whatever an answer depends on besides the path stands in them, so that a request with the very same octets is
 * answered alike.
 *
 * @param octets from the first field's name to the empty line at the end, both included; not to be changed
 * @param edition of what is served that they are known by: they are worth nothing in another one
 * @param site that the host leads to
 * @param accepted the content codings that the client takes
 * @param referer the Referer field as it is recorded, or null
 * @param userAgent the User-Agent field as it is recorded, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its content, through matches().
record KnownFields(
        byte[] octets,
        Edition edition,
        ServedSite site,
        AcceptEncoding accepted,
        @Nullable String referer,
        @Nullable String userAgent) {

    /** Whether a request's octets from here to there are these. */
    boolean matches(byte[] request, int from, int to) {
        return Arrays.equals(octets, 0, octets.length, request, from, to);
    }
}
