package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The admin API.
 *
 * @param listen where they listen, if at all
 * @param tokenFile the file that holds the bearer token, absolute; null asks for no token, which only a loopback address
 *     may do
 */
public record AdminSettings(
        Listen listen,

        @Nullable @JsonSerialize(using = ToStringSerializer.class)
        Path tokenFile) {

    static AdminSettings defaults() {
        return new AdminSettings(new At(new HostPort(new Host("127.0.0.1"), 8081), false), null);
    }

    /** Where the admin API listens. */
    public sealed interface Listen {}

    /** Nowhere: there is no admin API. */
    public record Off() implements Listen {
        @Override
        @JsonValue
        public String toString() {
            return "off";
        }
    }

    /**
     * On an address.
     *
     * @param address the address
     * @param named whether the user named it. A named port that is taken is an error; the default one gives way to a
     *     free port.
     */
    public record At(HostPort address, boolean named) implements Listen {
        @Override
        @JsonValue
        public String toString() {
            return address.toString();
        }
    }
}
