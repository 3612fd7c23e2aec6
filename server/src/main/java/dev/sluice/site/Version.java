package dev.sluice.site;

import dev.sluice.http.ContentCoding;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells one version of a file, and of what lies coded beside it, from another.
 *
 * @param file the facts of the file itself
 * @param sidecars the facts of the files that hold it coded
 */
public record Version(FileFacts file, Map<ContentCoding, FileFacts> sidecars) {
    /** Copies the map. */
    public Version {
        sidecars = Map.copyOf(sidecars);
    }

    // Not those of a record, for the reason in FileFacts.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version version && file.equals(version.file) && sidecars.equals(version.sidecars);
    }

    @Override
    public int hashCode() {
        return file.hashCode() * 31 + sidecars.hashCode();
    }

    /** Whether all of this version is still there, whatever may have come beside it. */
    public boolean isIn(Version now) {
        return file.equals(now.file)
                && sidecars.entrySet().stream()
                        .allMatch(sidecar -> sidecar.getValue().equals(now.sidecars.get(sidecar.getKey())));
    }
}
