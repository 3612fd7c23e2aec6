package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;

/**
 * The directory that a site serves.
 *
 * @param text the directory as the user named it, for messages; for a default {@code www} or {@code .}
 * @param path the same, absolute; symbolic links in it are kept, so that a deployment may swap one while the server runs
 */
public record SiteRoot(String text, Path path) {
    @Override
    @JsonValue
    public String toString() {
        return path.toString();
    }
}
