package dev.sluice.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** One parse of one {@code Host} field value. */
final class HostParser {
    private static final int MAX_NAME_LENGTH = 253;
    private static final int MAX_LABEL_LENGTH = 63;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    private final String field;

    HostParser(String field) {
        this.field = field;
    }

    Optional<HostName> parse() {
        int end = field.startsWith("[") ? field.indexOf(']') + 1 : colonOrEnd();
        if (end == 0) {
            return Optional.empty();
        }
        Optional<String> name = field.startsWith("[") ? ipv6(field.substring(0, end)) : name(field.substring(0, end));
        if (end == field.length() || field.substring(end).equals(":")) {
            return name.map(given -> new HostName(given, OptionalInt.empty()));
        }
        OptionalInt port = port(end);
        return port.isPresent() ? name.map(given -> new HostName(given, port)) : Optional.empty();
    }

    private int colonOrEnd() {
        int colon = field.indexOf(':');
        return colon < 0 ? field.length() : colon;
    }

    private OptionalInt port(int colon) {
        int digits = field.length() - colon - 1;
        if (field.charAt(colon) != ':' || digits > MAX_PORT_DIGITS) {
            return OptionalInt.empty();
        }
        int port = 0;
        for (int i = colon + 1; i < field.length(); i++) {
            if (!isDigit(field.charAt(i))) {
                return OptionalInt.empty();
            }
            port = port * 10 + field.charAt(i) - '0';
        }
        return port >= 1 && port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** With brackets around it the JDK takes a text for an address, and asks neither a name service nor the system. */
    private static Optional<String> ipv6(String bracketed) {
        for (int i = 1; i < bracketed.length() - 1; i++) {
            char c = bracketed.charAt(i);
            if (c != ':' && c != '.' && (c >= 0x80 || Character.digit(c, 16) < 0)) {
                return Optional.empty();
            }
        }
        try {
            InetAddress address = InetAddress.getByName(bracketed);
            // Of an IPv4-mapped address the JDK makes an IPv4 address.
            String mapped = address instanceof Inet4Address ? "::ffff:" : "";
            return Optional.of('[' + mapped + address.getHostAddress() + ']');
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> name(String given) {
        String name = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            return Optional.empty();
        }
        int label = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || name.charAt(i) == '.') {
                if (i == label || i - label > MAX_LABEL_LENGTH) {
                    return Optional.empty();
                }
                label = i + 1;
            } else if (!isNameChar(name.charAt(i))) {
                return Optional.empty();
            }
        }
        return endsInNumber(name) && !isIpv4(name) ? Optional.empty() : Optional.of(name.toLowerCase(Locale.ROOT));
    }

    static boolean endsInNumber(String name) {
        return name.substring(name.lastIndexOf('.') + 1).chars().allMatch(HostParser::isDigit);
    }

    private static boolean isIpv4(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean number = part.length() <= 3 && part.chars().allMatch(HostParser::isDigit);
            if (!number || Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameChar(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
