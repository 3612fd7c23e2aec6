package dev.sluice.plan;

import dev.sluice.http.ByteRange;
import dev.sluice.http.ContentCoding;
import java.util.List;

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

    /**
     * Bytes to be read from the disk past the page cache.
     *
     * @param offset of the first byte
     * @param length how many, at least 1
     */
    record FromDisk(long offset, long length) implements Body {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if they name no bytes
         */
        public FromDisk {
            requireBytes(offset, length);
        }
    }

    /**
     * Bytes to be inflated while they are sent, from where they lie compressed in an archive.
     *
     * @param offset of the first byte
     * @param length how many, at least 1
     */
    record Inflated(long offset, long length) implements Body {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if they name no bytes
         */
        public Inflated {
            requireBytes(offset, length);
        }
    }

    /** Where the bytes of a file are to be taken from. */
    enum Origin {
        /** From a region, which holds the whole representation. */
        REGION,
        /** Straight from the file, through the page cache. */
        FILE,
        /** From the disk, past the page cache. */
        DISK,
        /** From an archive in which they lie compressed. */
        ARCHIVE
    }

    /**
     * Several ranges as {@code multipart/byteranges} (RFC 9110 §14.6).
     *
     * @param parts in the order in which they are sent, at least two
     * @param closing the text behind the last part
     * @param origin where the ranges are taken from
     */
    record Multipart(List<Part> parts, String closing, Origin origin) implements Body {
        /** Copies the list. */
        public Multipart {
            parts = List.copyOf(parts);
        }

        /** Whether the ranges are taken from a region. */
        public boolean inRegion() {
            return origin == Origin.REGION;
        }

        /** The length of the whole body in bytes. */
        public long length() {
            long length = closing.length();
            for (Part part : parts) {
                length += part.head().length() + part.range().length();
            }
            return length;
        }
    }

    /**
     * One of several ranges.
     *
     * @param head the delimiter and the fields before it, in ASCII
     * @param range its bytes
     */
    record Part(String head, ByteRange range) {}

    /**
     * The whole representation with something of its own for each response: from a private copy-on-write view of the region.
     *
     * @param length its length in bytes, at least 1
     * @param nonce what is written over each placeholder, in ASCII
     */
    record Patched(long length, String nonce) implements Body {}

    /**
     * The whole file, compressed while it is sent.
     *
     * @param coding by which coding
     */
    record Compressed(ContentCoding coding) implements Body {}

    /**
     * The whole of a page that was made for this response alone, from memory.
     *
     * @param length its length in bytes
     */
    record Made(long length) implements Body {}

    /** Events that are told as they happen, by a response that goes on until its client has enough of it. */
    record Events() implements Body {}

    /** Text that is made while it is sent, of a length that is not known before: a long listing. */
    record Streamed() implements Body {}

    private static void requireBytes(long offset, long length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    "body: " + length + " bytes from " + offset + " (expected: at least 1 from 0 or later)");
        }
    }
}
