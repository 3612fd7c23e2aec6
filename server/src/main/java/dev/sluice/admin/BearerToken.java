package dev.sluice.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The secret that opens the admin API (RFC 6750). It never shows in a message or in {@link #toString()}. */
public final class BearerToken {
    /** {@code b64token} of RFC 6750 §2.1: what fits into an Authorization field. */
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final String SCHEME = "Bearer ";

    private final byte[] expected;

    /**
     * Takes the secret.
     *
     * @param token one or more of {@code A-Z a-z 0-9 - . _ ~ + /}, then any number of {@code =}
     * @throws IllegalArgumentException if the token could not be sent in an Authorization field
     */
    public BearerToken(String token) {
        if (!SYNTAX.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "token: " + token.length() + " characters (expected: letters, digits, - . _ ~ + / and final =)");
        }
        expected = token.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Compares in a time that doesn't depend on where the two differ.
     *
     * @param authorization the Authorization field of a request, or null without one
     * @return true if it carries this token; the scheme is case-insensitive (RFC 9110 §11.1)
     */
    public boolean matches(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given);
    }

    @Override
    public String toString() {
        return "BearerToken[***]";
    }
}
