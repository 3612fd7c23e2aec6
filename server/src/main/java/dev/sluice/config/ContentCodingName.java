package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A content coding that the server makes and looks for, by its registered name (RFC 9110 §8.4.1). */
public enum ContentCodingName {
    /** Brotli (RFC 7932). */
    BR,
    /** Zstandard (RFC 8878). */
    ZSTD,
    /** The format of gzip (RFC 1952). */
    GZIP;

    /**
     * The word that stands in a configuration and in {@code Content-Encoding}.
     *
     * @return the name in lower case
     */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
