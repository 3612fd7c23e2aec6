package dev.sluice.http;

import java.util.Optional;

/** Which hosts a site answers for. */
public sealed interface HostPattern {
    /** {@code default}: every host that no other pattern has. */
    record Default() implements HostPattern {}

    /**
     * One host; without a port, at every port.
     *
     * @param host the host
     */
    record Exact(HostName host) implements HostPattern {}

    /**
     * {@code *.example.org}: all names one or more labels below a domain, but not the domain; without a port, at every
     * port.
     *
     * @param domain the domain
     */
    record Below(HostName domain) implements HostPattern {}

    /**
     * Parses a pattern.
     *
     * @param text {@code default}, or as in {@link HostName#parse}, with {@code *.} before a name for all below it
     * @throws IllegalArgumentException if it is anything else
     */
    static HostPattern parse(String text) {
        if (text.equals("default")) {
            return new Default();
        }
        boolean below = text.startsWith("*.");
        Optional<HostName> host = HostName.parse(below ? text.substring(2) : text);
        if (host.isEmpty()
                || host.get().name().equals("default")
                || (below && host.get().isAddress())) {
            throw new IllegalArgumentException("host: " + text
                    + " (expected: a name, *.name or an address, each perhaps with :port, or the word default)");
        }
        return below ? new Below(host.get()) : new Exact(host.get());
    }
}
