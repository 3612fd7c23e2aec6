package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a site serves: a directory, or a zip or jar archive.
 *
 * @param text what the user named, for messages; for a default {@code www} or {@code .}
 * @param path the directory or the archive's file, absolute; symbolic links in it are kept, so that a deployment may swap one while
 *     the server runs
 * @param within the names on the way to the directory in the archive that is served, none for all of it; null if it is no archive
 */
public record SiteRoot(String text, Path path, @Nullable List<String> within) {
    /** Copies the list. */
    public SiteRoot {
        within = within == null ? null : List.copyOf(within);
    }

    /** A directory. */
    SiteRoot(String text, Path path) {
        this(text, path, null);
    }

    /** The folder in which it lies, or which it is. */
    public Path folder() {
        Path parent = path.getParent();
        return within == null || parent == null ? path : parent;
    }

    @Override
    @JsonValue
    public String toString() {
        return path.toString();
    }
}
