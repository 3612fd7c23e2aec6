package dev.sluice.io;

/** A way to compress, named as content codings are (RFC 9110 §8.4.1, RFC 7932, RFC 9659). */
public enum Codec {
    /** Brotli, RFC 7932. Needs a native library. */
    BROTLI("br"),
    /** Zstandard, RFC 8878. Needs a native library. */
    ZSTD("zstd"),
    /** Gzip, RFC 1952. Always there. */
    GZIP("gzip");

    private final String token;

    Codec(String token) {
        this.token = token;
    }

    /** The name on the wire and in the configuration, such as {@code br}. */
    public String token() {
        return token;
    }
}
