package dev.sluice.admin;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The description of this API in OpenAPI 3.1. It is written by hand, and tests compare it with what is answered. Read from the
 * class path when it is first asked for, and kept: 50 KiB.
 */
final class OpenApi {
    static final String PATH = "/api/openapi.json";

    private static final String RESOURCE = "openapi.json";

    /** Stands in the resource for what only the running server knows. */
    private static final String VERSION = "@version@";

    private final String version;
    private volatile byte @Nullable [] octets;

    /**
     * Reads nothing yet.
     *
     * @param version of Sluice; needs no escape in JSON
     */
    OpenApi(String version) {
        this.version = version;
    }

    /**
     * The description in UTF-8, as of this version. Not to be changed.
     *
     * @throws UncheckedIOException if the resource is missing or unreadable, which a build makes impossible
     */
    byte[] octets() {
        byte[] known = octets;
        if (known == null) {
            String text = new String(ClassPathFile.octets(RESOURCE), StandardCharsets.UTF_8);
            known = text.replace(VERSION, version).getBytes(StandardCharsets.UTF_8);
            octets = known;
        }
        return known;
    }
}
