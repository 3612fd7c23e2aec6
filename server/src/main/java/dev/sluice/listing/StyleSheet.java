package dev.sluice.listing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The style sheet that each page carries in itself.
 *
 * @param text CSS
 * @param source its source expression for {@code style-src}: the digest that lets this sheet in and no other
 *     (Content Security Policy Level 3, §8.4)
 */
record StyleSheet(String text, String source) {
    private static final String NAME = "listing.css";

    /** Reads the sheet that is part of this program. */
    static StyleSheet load() {
        try (InputStream in = StyleSheet.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException("class path: no " + NAME + " beside " + StyleSheet.class);
            }
            byte[] bytes = in.readAllBytes();
            return new StyleSheet(new String(bytes, StandardCharsets.UTF_8), source(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + NAME, e);
        }
    }

    private static String source(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + '\'';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
