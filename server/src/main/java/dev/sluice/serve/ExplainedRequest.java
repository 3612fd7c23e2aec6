package dev.sluice.serve;

import dev.sluice.http.HeaderFields;

/**
 * A request that nobody sends, to be explained.
 *
 * @param method as it would stand in the request line; case-sensitive (RFC 9110 §9.1)
 * @param target path and query, percent-encoded
 * @param fields its fields; without {@code Host} the default site is asked
 * @param secure whether it would come over TLS
 */
public record ExplainedRequest(String method, String target, HeaderFields fields, boolean secure) {}
