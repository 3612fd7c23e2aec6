package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * The fields with which a page protects itself.
 *
 * @param frame who may show the page in a frame ({@code X-Frame-Options}, RFC 7034)
 * @param referrer the value of {@code Referrer-Policy}
 * @param hsts how long browsers insist on HTTPS once they saw it ({@code Strict-Transport-Security}, RFC 6797); null
 *     for no such field. It is sent over TLS only (§7.2).
 * @param csp the value of {@code Content-Security-Policy}; null for no such field. The
 *     placeholder of a template's nonce may stand in it.
 */
public record SecuritySettings(
        Frame frame,
        String referrer,

        @Nullable @JsonSerialize(using = DurationSerializer.class)
        Duration hsts,

        @Nullable String csp) {

    static SecuritySettings defaults() {
        return new SecuritySettings(Frame.DENY, "strict-origin-when-cross-origin", Duration.ofDays(365), null);
    }

    /** Who may show a page in a frame. */
    public enum Frame {
        /** Nobody. */
        DENY,
        /** Pages of the same origin. */
        SAMEORIGIN,
        /** Everybody: no field says anything. */
        OFF;

        /**
         * The word that stands in a configuration.
         *
         * @return the name in lower case
         */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
