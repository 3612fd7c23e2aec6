package dev.sluice.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * The mapped file that tells, after a restart, what stands in the kept regions: a head, and a segment for each region.
 *
 * <p>The head says what the file is and how the regions are divided. An index with any other head, or of another size, is
 * thrown away, and the regions with it.
 */
final class RegionIndex {
    /** To be raised with every change of the format, of the labels' too. */
    static final int VERSION = 1;

    /** "SLUICEIX". */
    private static final long MAGIC = 0x534C_5549_4345_4958L;

    private static final int HEAD = 4096;
    private static final int HEAD_WORDS = 24;

    /** Of 16 MiB there are 512 KiB for records: 3,000 to 5,000 bodies, of some 4 KiB each. */
    private static final int SHARE_OF_REGION = 32;

    private final MappedByteBuffer memory;
    private final int segmentSize;

    private RegionIndex(MappedByteBuffer memory, int segmentSize) {
        this.memory = memory;
        this.segmentSize = segmentSize;
    }

    /** Bytes of the file for such a budget. */
    static long size(RegionBudget budget) {
        return HEAD + (long) segmentSize(budget) * budget.regions();
    }

    private static int segmentSize(RegionBudget budget) {
        return budget.regionSize() / SHARE_OF_REGION;
    }

    /** Whether a file is an index for such a budget. */
    static boolean isOne(FileChannel file, RegionBudget budget) throws IOException {
        if (file.size() != size(budget)) {
            return false;
        }
        ByteBuffer head = ByteBuffer.allocate(HEAD_WORDS);
        while (head.hasRemaining() && file.read(head, head.position()) >= 0) {}
        return head.flip().equals(head(budget));
    }

    /** Makes an index that knows of nothing. */
    static void make(FileChannel file, RegionBudget budget) throws IOException {
        file.truncate(0);
        RegionFiles.fill(file, size(budget));
        ByteBuffer head = head(budget);
        while (head.hasRemaining()) {
            file.write(head, head.position());
        }
    }

    /** Maps a file that is one. */
    static RegionIndex map(FileChannel file, RegionBudget budget) throws IOException {
        return new RegionIndex(RegionFiles.map(file, size(budget)), segmentSize(budget));
    }

    private static ByteBuffer head(RegionBudget budget) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_WORDS)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(budget.regionSize())
                .putInt(budget.regions());
        CRC32C crc = new CRC32C();
        crc.update(head.duplicate().flip());
        return head.putInt((int) crc.getValue()).flip();
    }

    IndexSegment segment(int region) {
        return new IndexSegment(memory.slice(HEAD + region * segmentSize, segmentSize));
    }
}
