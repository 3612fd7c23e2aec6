package dev.sluice.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The secret that opens the admin API (RFC 6750). It never shows in a message or in {@link #toString()}. */
public final class BearerToken {
    /** {@code b64token} of RFC 6750 §2.1: what fits into an Authorization field. */
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final String SCHEME = "Bearer ";

    /** Fewer characters can be guessed by whoever may try often enough. */
    public static final int LONG = 16;

    /** More than any token has; a file that is longer is another one, named by mistake. */
    private static final int LONGEST_FILE = 4096;

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
     * Reads the secret from a file that holds it alone; white space around it does not count.
     *
     * @param file the file
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it holds no token
     */
    public static BearerToken read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LONGEST_FILE + 1);
        }
        if (content.length > LONGEST_FILE) {
            throw new IllegalArgumentException("more than " + LONGEST_FILE + " bytes (expected: a token alone)");
        }
        // As Latin-1, which has a character for each octet: what is no token is for the syntax to tell.
        return new BearerToken(new String(content, StandardCharsets.ISO_8859_1).strip());
    }

    /** Whether it has fewer characters than {@link #LONG}. */
    public boolean isShort() {
        return expected.length < LONG;
    }

    /** The Authorization field that {@link #matches} takes; a secret like the token. */
    public String authorization() {
        return SCHEME + new String(expected, StandardCharsets.US_ASCII);
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
