package dev.sluice.io;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A body that an earlier process left in a region.
 *
 * @param body it
 * @param label what its owner then wrote to it
 * @param check CRC32C of its bytes, as they were written
 */
public record KeptBody(RegionBody body, ByteBuffer label, int check) {
    /**
     * Whether the bytes are those that were written: a crash of the machine may have lost some. Reads all of them.
     *
     * @param slice where they stand, leased
     */
    public boolean intact(RegionSlice slice) {
        return check(slice.view(0, slice.length())) == check;
    }

    static int check(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
