package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.site.FileFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a body in a kept region is made of: the content of a file, or that coded. Neither path nor site belongs to it, nor
 * anything that a configuration decides: all that is found out anew.
 *
 * @param coding the name of the coding, {@code identity} for the content itself
 * @param size of the file in bytes
 * @param modified when the file was last changed
 * @param file which file it was: device and inode
 */
record KeptKey(String coding, long size, Instant modified, String file) {
    private static final int FIXED = 1 + Long.BYTES + Long.BYTES + Integer.BYTES;

    // Not those of a record, for the reason in FileFacts.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeptKey key
                && size == key.size
                && coding.equals(key.coding)
                && modified.equals(key.modified)
                && file.equals(key.file);
    }

    @Override
    public int hashCode() {
        return ((Long.hashCode(size) * 31 + coding.hashCode()) * 31 + modified.hashCode()) * 31 + file.hashCode();
    }

    static KeptKey of(ContentCoding coding, FileFacts facts) {
        return new KeptKey(coding.token(), facts.size(), facts.modified(), String.valueOf(facts.key()));
    }

    /** As it is written into the index: the length of the coding's name and that name, size, seconds, nanoseconds, file. */
    ByteBuffer label() {
        byte[] name = coding.getBytes(StandardCharsets.US_ASCII);
        byte[] key = file.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(FIXED + name.length + key.length)
                .put((byte) name.length)
                .put(name)
                .putLong(size)
                .putLong(modified.getEpochSecond())
                .putInt(modified.getNano())
                .put(key)
                .flip();
    }

    /** Reads such a label. */
    static KeptKey of(ByteBuffer label) {
        ByteBuffer rest = label.duplicate();
        byte[] name = new byte[rest.get()];
        rest.get(name);
        long size = rest.getLong();
        Instant modified = Instant.ofEpochSecond(rest.getLong(), rest.getInt());
        byte[] key = new byte[rest.remaining()];
        rest.get(key);
        return new KeptKey(
                new String(name, StandardCharsets.US_ASCII), size, modified, new String(key, StandardCharsets.UTF_8));
    }
}
