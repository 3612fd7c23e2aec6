package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Whose certificates a listener asks its clients for.
 *
 * @param authorities the file in PEM with the certificates of those who may have signed them, absolute; it could be read when the
 *     configuration was loaded
 * @param mode what becomes of a client that has none
 */
public record ClientCertificateSettings(
        @JsonSerialize(using = ToStringSerializer.class) Path authorities, Mode mode) {
    /** What becomes of a client without a certificate. */
    public enum Mode {
        /** It is refused. */
        REQUIRED,
        /** It is served. */
        OPTIONAL;

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
