package dev.sluice.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * Basic authentication (RFC 7617). The hashes are printed neither as JSON nor by {@link #toString}: who reads a log or
 * the admin API need not be able to guess passwords at home.
 *
 * @param realm what the client is told that it enters; printable ASCII without quotation mark and backslash
 * @param users the bcrypt hash of each user's password by the user's name, at least one
 */
public record AuthSettings(
        String realm,
        @JsonSerialize(contentUsing = MaskSerializer.class) Map<String, String> users) {

    static final String DEFAULT_REALM = "private";

    /** Copies the map and keeps its order. */
    public AuthSettings {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    }

    @Override
    public String toString() {
        return "AuthSettings[realm=" + realm + ", users=" + users.keySet() + "]";
    }
}
