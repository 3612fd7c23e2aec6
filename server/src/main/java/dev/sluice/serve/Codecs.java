package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.io.Codec;

/** Which codec makes which content coding. */
final class Codecs {
    private Codecs() {}

    /**
     * Returns the codec of a coding.
     *
     * @throws IllegalArgumentException for identity, which needs none
     */
    static Codec of(ContentCoding coding) {
        return switch (coding) {
            case BR -> Codec.BROTLI;
            case ZSTD -> Codec.ZSTD;
            case GZIP -> Codec.GZIP;
            case IDENTITY -> throw new IllegalArgumentException("identity (expected: a coding)");
        };
    }
}
