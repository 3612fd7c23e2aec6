package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * In what a site differs from the server's {@link CompressionSettings}.
 *
 * @param streaming the site's own choice; null for the server's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SiteCompressionSettings(@Nullable Boolean streaming) {
    static SiteCompressionSettings defaults() {
        return new SiteCompressionSettings(null);
    }

    /**
     * Whether this site compresses large files while they are sent.
     *
     * @param server the server's settings
     * @return the site's own choice, or else the server's
     */
    public boolean streaming(CompressionSettings server) {
        return streaming == null ? server.streaming() : streaming;
    }
}
