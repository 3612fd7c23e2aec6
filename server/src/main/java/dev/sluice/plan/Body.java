package dev.sluice.plan;

/** What a response sends after its head. Offsets and lengths are bytes of the selected representation. */
public sealed interface Body {
    /** Nothing. */
    record None() implements Body {}

    /**
     * Text made up by the server.
     *
     * @param text to be sent as UTF-8
     */
    record Generated(String text) implements Body {}

    /**
     * Bytes to be held in a region.
     *
     * @param offset of the first byte
     * @param length how many, at least 1
     */
    record FromRegion(long offset, long length) implements Body {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if they name no bytes
         */
        public FromRegion {
            requireBytes(offset, length);
        }
    }

    /**
     * Bytes to be sent straight from the file.
     *
     * @param offset of the first byte
     * @param length how many, at least 1
     */
    record FromFile(long offset, long length) implements Body {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if they name no bytes
         */
        public FromFile {
            requireBytes(offset, length);
        }
    }

    private static void requireBytes(long offset, long length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "body: " + length + " bytes from " + offset + " (expected: at least 1 from 0 or later)");
        }
    }
}
