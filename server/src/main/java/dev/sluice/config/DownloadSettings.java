package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Makes a browser save the file instead of showing it ({@code Content-Disposition: attachment}, RFC 6266).
 *
 * @param fileName the name to save it under, without folders; null for the file's own
 */
public record DownloadSettings(@Nullable String fileName) {
    @JsonValue
    Object printed() {
        return fileName == null ? true : fileName;
    }
}
