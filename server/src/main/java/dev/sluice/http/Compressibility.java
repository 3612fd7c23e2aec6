package dev.sluice.http;

import java.util.List;
import java.util.Set;

/** Which media types are worth a content coding, by name and by what the data set says. */
final class Compressibility {
    /** Texts under the names of applications; RFC 9512 for YAML. */
    private static final Set<String> ALWAYS = Set.of(
            "application/javascript", "application/json", "application/wasm", "application/xml", "application/yaml");

    /**
     * What the data set would have coded, though it is mostly archives, disk images and installers, or a file of which
     * nothing is known.
     */
    private static final Set<String> NEVER = Set.of("application/octet-stream", "application/x-tar");

    private static final List<String> TEXT_SUFFIXES = List.of("+json", "+xml");

    /** Media have codings of their own; the few formats without one are not worth an exception. */
    private static final List<String> MEDIA = List.of("audio/", "image/", "video/");

    private Compressibility() {}

    /**
     * Decides.
     *
     * @param essence type and subtype in lower case
     * @param told whether the data set says that the type is compressible
     */
    static boolean of(String essence, boolean told) {
        if (essence.startsWith("text/") || ALWAYS.contains(essence) || isText(essence)) {
            return true;
        }
        return told && !NEVER.contains(essence) && !isMedium(essence);
    }

    // Loops, since this is asked a thousand times at the start, before anything is compiled: streams cost a tenth of
    // it.

    private static boolean isText(String essence) {
        for (String suffix : TEXT_SUFFIXES) {
            if (essence.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMedium(String essence) {
        for (String group : MEDIA) {
            if (essence.startsWith(group)) {
                return true;
            }
        }
        return false;
    }
}
