package dev.sluice.site;

/**
 * Which file one in an archive is: no two archives, and no two versions of one, share a key.
 *
 * @param archive facts of the archive's file
 * @param offset of the entry in it
 * @param crc checksum of its content
 * @param gzip whether it is the entry as a gzip file
 */
record EntryKey(FileFacts archive, long offset, long crc, boolean gzip) {
    /** What all archives that hold the same content have in common. */
    String content() {
        return "crc " + Long.toHexString(crc) + (gzip ? " gzip" : "");
    }
}
