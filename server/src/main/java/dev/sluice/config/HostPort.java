package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a TCP port to listen on, written {@code 127.0.0.1:8081}, {@code localhost:8081} or {@code [::1]:8081}.
 *
 * @param host the host
 * @param port the port, 0 to 65535; 0 lets the system pick a free one
 */
public record HostPort(Host host, int port) {
    /** The largest TCP port (RFC 9293 §3.1: sixteen bits). */
    static final int MAX_PORT = 65_535;

    private static final Pattern SYNTAX = Pattern.compile("(\\[[^\\]]+]|[^:\\[\\]]+):([0-9]{1,5})");

    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException if the port is outside its bounds
     */
    public HostPort {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to " + MAX_PORT + ")");
        }
    }

    /**
     * Reads a host and a port. An IPv6 address needs its brackets here.
     *
     * @param text the text
     * @return host and port, or empty if the text is not of that form
     */
    public static Optional<HostPort> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        return port > MAX_PORT ? Optional.empty() : Host.parse(matcher.group(1)).map(host -> new HostPort(host, port));
    }

    @Override
    @JsonValue
    public String toString() {
        return host + ":" + port;
    }
}
