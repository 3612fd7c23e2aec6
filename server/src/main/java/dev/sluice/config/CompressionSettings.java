package dev.sluice.config;

import java.util.List;

/**
 * Content coding.
 *
 * @param enabled whether anything but identity is ever sent: coded variants of hot files, and sidecars
 * @param minSize the smallest file that is coded; sidecars of smaller ones are not looked for
 * @param codings the codings that are made and whose sidecars are looked for, each once; the order is the preference
 *     among those that a client likes equally (RFC 9110 §12.5.3)
 * @param streaming whether a large compressible file without a sidecar is compressed while it is sent; a site may
 *     decide otherwise ({@link SiteCompressionSettings})
 */
public record CompressionSettings(
        boolean enabled, ByteSize minSize, List<ContentCodingName> codings, boolean streaming) {
    /** Copies the list. */
    public CompressionSettings {
        codings = List.copyOf(codings);
    }

    static CompressionSettings defaults() {
        return new CompressionSettings(
                true,
                new ByteSize(512),
                List.of(ContentCodingName.BR, ContentCodingName.ZSTD, ContentCodingName.GZIP),
                false);
    }
}
