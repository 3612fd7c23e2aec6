package dev.sluice.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which hosts each site answers to, and sees that no two sites claim the same one. */
final class HostClaims {
    private static final String DEFAULT = "default";
    private static final String WILDCARD = "*.";
    private static final Pattern SYNTAX = Pattern.compile("(\\[[^\\]]+]|[^:\\[\\]]+)(?::([1-9][0-9]{0,4}))?");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

    private final Map<String, Place> claims = new HashMap<>();
    private final Problems problems;

    HostClaims(Problems problems) {
        this.problems = problems;
    }

    /** The hosts of one site; a site that names none is the default one. */
    List<String> read(Section site) {
        ValueType<Claim> type = new ValueType<>(
                "a host in lower case such as example.org, *.example.org, 127.0.0.1 or [::1]:8080, or default",
                scalar -> isHost(scalar.text())
                        ? Optional.of(new Claim(scalar.text(), scalar.place()))
                        : Optional.empty());
        site.rejectEmpty("hosts", "at least one host");
        List<Claim> given = site.values("hosts", type, List.of(new Claim(DEFAULT, site.place())));
        given.forEach(claim -> enter(claim, site.pathOf("hosts")));
        return given.stream().map(Claim::host).toList();
    }

    private void enter(Claim claim, String key) {
        @Nullable Place first = claims.putIfAbsent(claim.host(), claim.place());
        if (first != null) {
            problems.add(claim.place(), key, '"' + claim.host() + "\" given twice (first: " + first.at("") + ")");
        }
    }

    /** A name {@code default} with a port is refused: it looks like the default site of that port. */
    private static boolean isHost(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (text.equals(DEFAULT)) {
            return true;
        }
        if (!matcher.matches() || !text.equals(text.toLowerCase(Locale.ROOT)) || text.startsWith(DEFAULT + ":")) {
            return false;
        }
        @Nullable String port = matcher.group(2);
        boolean portFits = port == null || Integer.parseInt(port) <= HostPort.MAX_PORT;
        return portFits && isNameOrAddress(matcher.group(1));
    }

    private static boolean isNameOrAddress(String text) {
        if (!text.startsWith(WILDCARD)) {
            return Host.parse(text).isPresent();
        }
        String name = text.substring(WILDCARD.length());
        return !name.startsWith("[")
                && !DIGITS_AND_DOTS.matcher(name).matches()
                && Host.parse(name).isPresent();
    }

    private record Claim(String host, Place place) {}
}
