package dev.sluice.cli;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Where an admin API is, as a user writes it: the address that the server prints, or what its own {@code --admin} takes. */
final class AdminAddress {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final String EXPECTED = "\" (expected: a URL such as http://127.0.0.1:8081/)";

    private AdminAddress() {}

    /**
     * Reads it.
     *
     * @param text a URL, or a host and a port; a path is where the API lies below, as behind a proxy
     * @return a URL whose path ends with a slash
     * @throws IllegalArgumentException if it is neither, with a line for the user
     */
    static URI parse(String text) {
        URI given;
        try {
            given = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--admin: \"" + text + EXPECTED, e);
        }
        String scheme = String.valueOf(given.getScheme()).toLowerCase(Locale.ROOT);
        boolean plain = given.getRawUserInfo() == null
                && given.getRawQuery() == null
                && given.getRawFragment() == null
                && given.getPort() <= 65_535
                && given.getPort() != 0;
        if (!SCHEMES.contains(scheme) || given.getHost() == null || !plain) {
            throw new IllegalArgumentException("--admin: \"" + text + EXPECTED);
        }
        String path = given.getRawPath();
        return URI.create(scheme + "://" + given.getRawAuthority() + (path.endsWith("/") ? path : path + '/'));
    }
}
