package dev.sluice.plan;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.Method;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a plan depends on in a request, its target aside.
 *
 * @param method the method
 * @param receivedAt when the request arrived, by the clock that dates the response
 * @param conditions the conditional and partial fields
 * @param codings the content codings that the client takes
 * @param wantsDigest whether it asks for {@code Repr-Digest} by SHA-256 (RFC 9530 §4)
 * @param origin the {@code Origin} field, or null
 */
public record Request(
        Method method,
        Instant receivedAt,
        Conditions conditions,
        AcceptEncoding codings,
        boolean wantsDigest,
        @Nullable String origin) {

    /** A request without content negotiation. */
    public Request(Method method, Instant receivedAt, Conditions conditions) {
        this(method, receivedAt, conditions, AcceptEncoding.ANY, false, null);
    }

    /** The same request by a client that takes one coding alone. */
    public Request accepting(ContentCoding coding) {
        AcceptEncoding only = AcceptEncoding.parse(coding.token() + ", *;q=0");
        return new Request(method, receivedAt, conditions, only, wantsDigest, origin);
    }
}
