package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The access log.
 *
 * @param file where it is written, if at all
 * @param format how a line looks
 */
public record AccessLogSettings(Target file, Format format) {
    static AccessLogSettings defaults() {
        return new AccessLogSettings(new Off(), Format.COMBINED);
    }

    /** Where the access log is written. */
    public sealed interface Target {}

    /** Nowhere: there is no access log. */
    public record Off() implements Target {
        @Override
        @JsonValue
        public String toString() {
            return "off";
        }
    }

    /** To standard output. */
    public record StandardOutput() implements Target {
        @Override
        @JsonValue
        public String toString() {
            return "-";
        }
    }

    /**
     * To a file, which is appended to.
     *
     * @param path the file, absolute
     */
    public record ToFile(Path path) implements Target {
        @Override
        @JsonValue
        public String toString() {
            return path.toString();
        }
    }

    /** How a line of the access log looks. */
    public enum Format {
        /** The combined format of Apache httpd and nginx. */
        COMBINED,
        /** One JSON object a line. */
        JSON;

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
