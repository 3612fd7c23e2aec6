package dev.sluice.http;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A host and perhaps a port, as a {@code Host} field has them (RFC 9110 §7.2, RFC 3986 §3.2.2). Two are equal if they mean
 * the same: the case of a name, its trailing dot and the spelling of an IPv6 address make no difference.
 *
 * @param name a name or an IPv4 address in lower case without trailing dot, or an IPv6 address in brackets, in full
 * @param port the port, 1 to 65535, if it is given
 */
public record HostName(String name, OptionalInt port) {
    private static final String LOCALHOST = "localhost";

    /**
     * Parses a field value: {@code name}, {@code 192.0.2.1} or {@code [2001:db8::1]}, and perhaps {@code :port}. Names are
     * those of DNS, and {@code _}; one that ends in a number has to be an IPv4 address (WHATWG URL §3.5). A colon without
     * a port behind it is no port (RFC 3986 §3.2.3).
     *
     * @param field the field value
     * @return the host, or empty if the value is anything else
     */
    public static Optional<HostName> parse(String field) {
        return new HostParser(field).parse();
    }

    /** Says whether it is an address rather than a name. */
    public boolean isAddress() {
        return name.startsWith("[") || HostParser.endsInNumber(name);
    }

    /** Says whether it means this machine wherever it is asked: {@code localhost} and the names below it (RFC 6761 §6.3). */
    public boolean isLocal() {
        return name.equals(LOCALHOST) || name.endsWith("." + LOCALHOST);
    }

    /** Returns the form of the field value. */
    @Override
    public String toString() {
        return port.isPresent() ? name + ":" + port.getAsInt() : name;
    }
}
