package dev.sluice.http;

import java.util.Optional;

/** Which hosts a site answers for. */
public sealed interface HostPattern {
    /** The word for every other host. No host has this name. */
    String DEFAULT = "default";

    /** What stands before a domain if all below it is meant. */
    String BELOW = "*.";

    /** {@code default}: every host that no other pattern has. */
    record Default() implements HostPattern {
        @Override
        public String text() {
            return DEFAULT;
        }
    }

    /**
     * One host; without a port, at every port.
     *
     * @param host the host
     */
    record Exact(HostName host) implements HostPattern {
        @Override
        public String text() {
            return host.toString();
        }
    }

    /**
     * {@code *.example.org}: all names one or more labels below a domain, but not the domain; without a port, at every
     * port.
     *
     * @param domain the domain
     */
    record Below(HostName domain) implements HostPattern {
        @Override
        public String text() {
            return BELOW + domain;
        }
    }

    /** The pattern as it may be written. Two mean the same if, and only if, these are equal. */
    String text();

    /**
     * Parses a pattern.
     *
     * @param text {@code default}, or as in {@link HostName#parse}, with {@code *.} before a name for all below it
     * @throws IllegalArgumentException if it is anything else
     */
    static HostPattern parse(String text) {
        if (text.equals(DEFAULT)) {
            return new Default();
        }
        boolean below = text.startsWith(BELOW);
        Optional<HostName> host = HostName.parse(below ? text.substring(BELOW.length()) : text);
        if (host.isEmpty()
                || host.get().name().equals(DEFAULT)
                || (below && host.get().isAddress())) {
            throw new IllegalArgumentException("host: " + text
                    + " (expected: a name, *.name or an address, each perhaps with :port, or the word default)");
        }
        return below ? new Below(host.get()) : new Exact(host.get());
    }
}
