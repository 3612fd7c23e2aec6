package dev.sluice.archive;

import java.time.Instant;

/**
 * A file in an archive, as the central directory describes it (APPNOTE.TXT 4.3.12).
 *
 * @param headerOffset where its local header begins in the archive's file
 * @param deflated whether its bytes are compressed by Deflate (RFC 1951) rather than stored as they are
 * @param crc CRC-32 of its content, 32 bits without a sign
 * @param compressedSize bytes that it takes in the archive
 * @param size bytes of its content; nothing longer is ever read
 * @param modified when it was modified last: from the extended time stamp, which is in UTC, or else from the time of MS-DOS, which
 *     has no zone and is taken for UTC, so that all machines agree
 */
public record ArchiveEntry(
        long headerOffset, boolean deflated, long crc, long compressedSize, long size, Instant modified)
        implements ArchiveNode {
    /** Bytes of the same as a gzip file; 0 if it cannot be one, since it is not deflated. */
    public long gzipSize() {
        return deflated ? compressedSize + GzipChannel.ADDED : 0;
    }
}
