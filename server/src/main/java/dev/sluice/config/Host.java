package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host part of an address to listen on: an IPv4 address, an IPv6 address or a name. Reading one asks no name
 * service, so that checking a configuration neither blocks nor depends on the network.
 *
 * @param value the address or name; an IPv6 address stands without brackets
 */
public record Host(String value) {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}))*");
    /** A name that ends in a number is a misspelt IPv4 address, and resolvers disagree about which (WHATWG URL §3.5). */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?[0-9]+");

    private static final int MAX_NAME_LENGTH = 253;

    /**
     * Reads a host.
     *
     * @param text an IPv4 address, an IPv6 address with or without brackets, or a name
     * @return the host, or empty if the text is none of these
     */
    public static Optional<Host> parse(String text) {
        boolean bracketed = text.length() > 2 && text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        if (bracketed || bare.indexOf(':') >= 0) {
            return address('[' + bare + ']').map(address -> new Host(bare));
        }
        boolean name = bare.length() <= MAX_NAME_LENGTH
                && NAME.matcher(bare).matches()
                && !ENDS_IN_NUMBER.matcher(bare).matches();
        return name || IPV4.matcher(bare).matches() ? Optional.of(new Host(bare)) : Optional.empty();
    }

    /**
     * Whether only this machine can reach this host: a loopback address, or a name that RFC 6761 §6.3 reserves for one.
     * Any other name counts as reachable from elsewhere, whatever it resolves to today.
     *
     * @return whether the host is a loopback one
     */
    public boolean isLoopback() {
        String name = value.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        boolean literal = isIpv6() || IPV4.matcher(value).matches();
        return literal
                && address(isIpv6() ? toString() : value)
                        .map(InetAddress::isLoopbackAddress)
                        .orElse(false);
    }

    private boolean isIpv6() {
        return value.indexOf(':') >= 0;
    }

    /**
     * The host as it stands in a URL: an IPv6 address in brackets (RFC 3986 §3.2.2).
     *
     * @return the text of this host
     */
    @Override
    @JsonValue
    public String toString() {
        return isIpv6() ? '[' + value + ']' : value;
    }

    /** Only for literals: with brackets, or with four decimal numbers, the JDK never asks a name service. */
    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
