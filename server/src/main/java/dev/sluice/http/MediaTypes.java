package dev.sluice.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Media types by the extension of a file name. The content is never looked at. */
public final class MediaTypes {
    /**
     * Where the data set has no type, or not the one registered since. With {@code .asc} it is a matter of use: on
     * download sites that is a detached signature rather than a key.
     */
    private static final Map<String, String> CORRECTIONS = Map.of(
            "asc", "application/pgp-signature",
            "flac", "audio/flac", // RFC 9639
            "tgz", "application/gzip", // RFC 6713
            "vcf", "text/vcard", // RFC 6350
            "yaml", "application/yaml", // RFC 9512
            "yml", "application/yaml", // RFC 9512
            "zst", "application/zstd"); // RFC 8878

    private final Map<String, MediaType> byExtension;

    private MediaTypes(Map<String, MediaType> byExtension) {
        this.byExtension = Map.copyOf(byExtension);
    }

    /**
     * Reads the mime-db data set from the class path, with this server's few corrections. Reads 200 KB of
     * JSON, at a cost that start-up notices: call it once and share the result.
     *
     * @throws IllegalStateException if the data set is not on the class path
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static MediaTypes standard() {
        Map<String, MediaType> types = new HashMap<>(MimeDatabase.read());
        CORRECTIONS.forEach(
                (extension, essence) -> types.put(extension, new MediaType(essence, essence.startsWith("text/"))));
        return new MediaTypes(types);
    }

    /** Whether the extension of a file name tells its type. */
    public boolean knows(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 && byExtension.containsKey(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the type of a file.
     *
     * @param fileName the last segment of a path; what follows its last dot counts, in any case; a leading dot starts
     *     no extension
     * @return the type, {@link MediaType#OCTET_STREAM} if the extension is unknown or missing
     */
    public MediaType of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        if (dot <= 0) {
            return MediaType.OCTET_STREAM;
        }
        String extension = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
        return byExtension.getOrDefault(extension, MediaType.OCTET_STREAM);
    }
}
