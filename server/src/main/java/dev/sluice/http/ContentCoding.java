package dev.sluice.http;

import java.util.Locale;
import java.util.Optional;

/** A content coding that this server can send (RFC 9110 §8.4.1). */
public enum ContentCoding {
    /** Brotli (RFC 7932). */
    BR("br", ".br"),
    /** Zstandard (RFC 8878), with the window that RFC 9659 allows on the web. */
    ZSTD("zstd", ".zst"),
    /** Gzip (RFC 9110 §8.4.1.3). */
    GZIP("gzip", ".gz"),
    /** No coding: the bytes of the file (RFC 9110 §12.5.3). */
    IDENTITY("identity", "");

    private final String token;
    private final String extension;

    ContentCoding(String token, String extension) {
        this.token = token;
        this.extension = extension;
    }

    /**
     * Returns the coding that a field names.
     *
     * @param token the name, in any case; {@code x-gzip} is gzip (RFC 9110 §8.4.1.3)
     * @return the coding, or empty if this server can't send it
     */
    public static Optional<ContentCoding> of(String token) {
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "br" -> Optional.of(BR);
            case "zstd" -> Optional.of(ZSTD);
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "identity" -> Optional.of(IDENTITY);
            default -> Optional.empty();
        };
    }

    /** Returns the name in {@code Content-Encoding}; {@code identity} never stands there (RFC 9110 §8.4). */
    public String token() {
        return token;
    }

    /** Returns what the name of a coded file ends in behind the name of the plain one, dot included; empty for identity. */
    public String extension() {
        return extension;
    }
}
