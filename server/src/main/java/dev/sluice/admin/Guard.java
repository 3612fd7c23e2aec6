package dev.sluice.admin;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. With a token: whoever knows it. Without one: whoever can reach the (loopback) address, except a web page
 * whose own name was made to point to it (DNS rebinding). Such a page can't change the Host field its browser
 * sends, so only {@code localhost} and IP literals, which no attacker can rebind, are answered.
 */
final class Guard {
    /** A name that ends in a number is an IPv4 address or nothing (WHATWG URL §3.5), so its numbers need no bounds here. */
    private static final Pattern SAFE_HOST = Pattern.compile(
            "(?:localhost|\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(?::\\d{0,5})?", Pattern.CASE_INSENSITIVE);

    private final @Nullable BearerToken token;

    Guard(@Nullable BearerToken token) {
        this.token = token;
    }

    /**
     * Checks a request.
     *
     * @param path the path asked for
     * @param open true for what needs no token: the health checks, and the files of the dashboard
     * @param host the Host field, or null without one
     * @param authorization the Authorization field, or null without one
     * @return the refusal, or empty for a request that may pass
     */
    Optional<Answer> refuse(String path, boolean open, @Nullable String host, @Nullable String authorization) {
        if (token == null) {
            return refuseHost(path, host);
        }
        if (open || token.matches(authorization)) {
            return Optional.empty();
        }
        // RFC 6750 §3.1: no error code for a request that carries no credentials at all.
        String challenge = "Bearer realm=\"sluice admin\"" + (authorization == null ? "" : ", error=\"invalid_token\"");
        String detail = authorization == null
                ? "no token given (expected: Authorization: Bearer and the admin token)"
                : "the token given is not the admin token";
        return Optional.of(Answer.problem(401, detail, path).with("WWW-Authenticate", challenge));
    }

    /**
     * Checks what {@link #refuse} can't: a page of another origin can have a browser send a request, although it cannot read the
     * answer.
     *
     * @param path the path asked for
     * @param changes whether the request may change something
     * @param provenance whose request it is
     */
    Optional<Answer> refuseForeign(String path, boolean changes, Provenance provenance) {
        String foreign = changes ? provenance.foreign() : provenance.embedding();
        return foreign == null
                ? Optional.empty()
                : Optional.of(
                        Answer.problem(403, foreign + " (expected: a page of this API's own origin, or none)", path));
    }

    private static Optional<Answer> refuseHost(String path, @Nullable String host) {
        if (host != null && SAFE_HOST.matcher(host).matches()) {
            return Optional.empty();
        }
        String given = host == null ? "none" : host;
        return Optional.of(Answer.problem(
                403, "Host: " + given + " (expected: localhost or an IP address, unless a token is set)", path));
    }
}
