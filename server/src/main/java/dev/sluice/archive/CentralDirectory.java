package dev.sluice.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where the central directory of an archive lies (APPNOTE.TXT 4.3.14 to 4.3.16), Zip64 or not.
 *
 * @param offset of its first header in the file
 * @param length in bytes
 * @param count how many headers it claims to have
 * @param base what offsets in it count from: 0, unless something was put before the archive, such as a program that unpacks it
 */
record CentralDirectory(long offset, long length, long count, long base) {
    private static final int END = 0x0605_4b50;
    private static final int END_LENGTH = 22;
    private static final int MOST_COMMENT = 0xFFFF;

    private static final int LOCATOR = 0x0706_4b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int END64 = 0x0606_4b50;
    private static final int END64_LENGTH = 56;

    /** Some 700,000 entries with names of the usual length. It is in memory while it is read. */
    private static final long MOST_BYTES = 64L << 20;

    /**
     * Finds it.
     *
     * @throws DamagedArchiveException if there is none, or it is too large
     */
    static CentralDirectory find(FileChannel file) throws IOException {
        long size = file.size();
        int tail = (int) Math.min(size, END_LENGTH + MOST_COMMENT);
        ByteBuffer last = read(file, size - tail, tail);
        for (int at = tail - END_LENGTH; at >= 0; at--) {
            if (last.getInt(at) == END && at + END_LENGTH + Short.toUnsignedInt(last.getShort(at + 20)) == tail) {
                return at(file, size - tail + at, last, at);
            }
        }
        throw new DamagedArchiveException("it is no zip archive, or its end is missing");
    }

    private static CentralDirectory at(FileChannel file, long endsAt, ByteBuffer end, int at) throws IOException {
        CentralDirectory large = zip64(file, endsAt);
        return large != null
                ? large
                : of(
                        endsAt,
                        Integer.toUnsignedLong(end.getInt(at + 12)),
                        Integer.toUnsignedLong(end.getInt(at + 16)),
                        Short.toUnsignedLong(end.getShort(at + 10)));
    }

    /** The record that takes the place of the end where that has too few bits, or null if there is none. */
    private static @Nullable CentralDirectory zip64(FileChannel file, long endsAt) throws IOException {
        long locatorAt = endsAt - LOCATOR_LENGTH;
        if (locatorAt < END64_LENGTH) {
            return null;
        }
        ByteBuffer locator = read(file, locatorAt, LOCATOR_LENGTH);
        if (locator.getInt(0) != LOCATOR) {
            return null;
        }
        // Where it says, or, if something was put before the archive, right before it.
        for (long at : new long[] {locator.getLong(8), locatorAt - END64_LENGTH}) {
            if (at >= 0 && at <= locatorAt - END64_LENGTH) {
                ByteBuffer record = read(file, at, END64_LENGTH);
                if (record.getInt(0) == END64) {
                    return of(at, record.getLong(40), record.getLong(48), record.getLong(32));
                }
            }
        }
        return null;
    }

    /** It ends where the record of its end begins; by where it claims to begin, something lies before the archive or nothing. */
    private static CentralDirectory of(long endsAt, long length, long offset, long count)
            throws DamagedArchiveException {
        if (length < 0 || offset < 0 || length > endsAt || offset > endsAt - length) {
            throw new DamagedArchiveException("its central directory lies outside of it");
        }
        if (length > MOST_BYTES) {
            throw new DamagedArchiveException("its central directory takes more than " + (MOST_BYTES >> 20) + " MiB");
        }
        return new CentralDirectory(endsAt - length, length, count, endsAt - length - offset);
    }

    /**
     * Reads its headers.
     *
     * @throws DamagedArchiveException if it does not hold what it claims, or an entry lies outside of the archive
     */
    ArchiveTree tree(FileChannel file) throws IOException {
        ByteBuffer headers = read(file, offset, (int) length);
        ArchiveTree tree = new ArchiveTree();
        long read = 0;
        while (headers.hasRemaining()) {
            CentralHeader header = CentralHeader.read(headers, base);
            ArchiveEntry entry = header.entry();
            boolean within = entry.headerOffset() >= base
                    && entry.compressedSize() >= 0
                    && entry.headerOffset() <= offset
                    && entry.compressedSize() <= offset - entry.headerOffset();
            if (!within) {
                throw new DamagedArchiveException("an entry lies outside of it");
            }
            tree.add(header);
            read++;
        }
        // Without Zip64 the number is cut to 16 bits by some tools.
        if (read != count && (read & 0xFFFF) != count) {
            throw new DamagedArchiveException("its central directory holds " + read + " entries and not " + count);
        }
        return tree;
    }

    /** Reads so many bytes from there, in little-endian order. */
    static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new DamagedArchiveException("it ends early");
            }
        }
        return bytes.flip();
    }
}
