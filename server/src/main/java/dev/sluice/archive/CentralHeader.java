package dev.sluice.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One header of the central directory (APPNOTE.TXT 4.3.12).
 *
 * @param name of the entry, as it stands there, with the last slash of a directory; replaced characters in it if it is not UTF-8
 * @param entry what it describes
 * @param fault why it is nothing that can be served, or null
 */
record CentralHeader(
        String name, ArchiveEntry entry, @Nullable String fault) {
    private static final int SIGNATURE = 0x0201_4b50;
    private static final int LENGTH = 46;

    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0xF000;
    private static final int SYMBOLIC_LINK = 0xA000;
    private static final int REGULAR_FILE = 0x8000;
    private static final int FOLDER = 0x4000;

    private static final int ZIP64 = 0x0001;
    private static final int EXTENDED_TIME = 0x5455;
    private static final long IN_ZIP64 = 0xFFFF_FFFFL;

    boolean directory() {
        return name.endsWith("/");
    }

    /**
     * Reads the next header.
     *
     * @param from in little-endian order; stands behind the header afterwards
     * @param base what offsets in it count from
     * @throws DamagedArchiveException if there is none
     */
    static CentralHeader read(ByteBuffer from, long base) throws DamagedArchiveException {
        int at = from.position();
        if (from.remaining() < LENGTH || from.getInt(at) != SIGNATURE) {
            throw new DamagedArchiveException("its central directory is damaged");
        }
        int nameLength = unsigned(from, at + 28);
        int extraLength = unsigned(from, at + 30);
        int length = LENGTH + nameLength + extraLength + unsigned(from, at + 32);
        if (from.remaining() < length) {
            throw new DamagedArchiveException("its central directory ends early");
        }
        from.position(at + length);
        ByteBuffer name = from.slice(at + LENGTH, nameLength);
        Fields fields = new Fields(from, at);
        fields.readExtra(from.slice(at + LENGTH + nameLength, extraLength).order(from.order()));
        return fields.header(name, base);
    }

    private static int unsigned(ByteBuffer from, int at) {
        return Short.toUnsignedInt(from.getShort(at));
    }

    /** The fields of a header, some of which the extra field may correct. */
    private static final class Fields {
        private final int host;
        private final int flags;
        private final int method;
        private final long crc;
        private final int mode;
        private long compressedSize;
        private long size;
        private long offset;
        private Instant modified;

        Fields(ByteBuffer from, int at) {
            this.host = from.get(at + 5);
            this.flags = unsigned(from, at + 8);
            this.method = unsigned(from, at + 10);
            this.modified = time(unsigned(from, at + 12), unsigned(from, at + 14));
            this.crc = Integer.toUnsignedLong(from.getInt(at + 16));
            this.compressedSize = Integer.toUnsignedLong(from.getInt(at + 20));
            this.size = Integer.toUnsignedLong(from.getInt(at + 24));
            this.mode = unsigned(from, at + 40);
            this.offset = Integer.toUnsignedLong(from.getInt(at + 42));
        }

        /** The date and time of MS-DOS, in steps of two seconds, taken for UTC; the epoch, which says nothing, if it is none. */
        private static Instant time(int time, int date) {
            try {
                return LocalDateTime.of(
                                1980 + (date >> 9),
                                date >> 5 & 15,
                                date & 31,
                                time >> 11,
                                time >> 5 & 63,
                                (time & 31) * 2)
                        .toInstant(ZoneOffset.UTC);
            } catch (DateTimeException none) {
                return Instant.EPOCH;
            }
        }

        /** Blocks of an identifier, a length and so many bytes (4.5.1). What does not fit ends it: old tools left padding there. */
        void readExtra(ByteBuffer extra) {
            while (extra.remaining() >= 4) {
                int id = Short.toUnsignedInt(extra.getShort());
                int length = Short.toUnsignedInt(extra.getShort());
                if (length > extra.remaining()) {
                    return;
                }
                ByteBuffer block = extra.slice(extra.position(), length).order(extra.order());
                extra.position(extra.position() + length);
                if (id == ZIP64) {
                    readZip64(block);
                } else if (id == EXTENDED_TIME && length >= 5 && (block.get(0) & 1) == 1) {
                    modified = Instant.ofEpochSecond(block.getInt(1));
                }
            }
        }

        /** Of these fields only those that did not fit into the header, in this order (4.5.3). */
        private void readZip64(ByteBuffer block) {
            size = size == IN_ZIP64 && block.remaining() >= 8 ? block.getLong() : size;
            compressedSize = compressedSize == IN_ZIP64 && block.remaining() >= 8 ? block.getLong() : compressedSize;
            offset = offset == IN_ZIP64 && block.remaining() >= 8 ? block.getLong() : offset;
        }

        CentralHeader header(ByteBuffer octets, long base) {
            ArchiveEntry entry =
                    new ArchiveEntry(base + offset, method == DEFLATED, crc, compressedSize, size, modified);
            try {
                String name = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(octets.duplicate())
                        .toString();
                return new CentralHeader(name, entry, fault(name));
            } catch (CharacterCodingException e) {
                String name = StandardCharsets.UTF_8.decode(octets).toString();
                return new CentralHeader(name, entry, "a name that is not UTF-8");
            }
        }

        private @Nullable String fault(String name) {
            int type = host == UNIX ? mode & FILE_TYPE : 0;
            if (type == SYMBOLIC_LINK) {
                return "a symbolic link";
            }
            if (type != 0 && type != (name.endsWith("/") ? FOLDER : REGULAR_FILE)) {
                return "neither a file nor a directory";
            }
            if ((flags & ENCRYPTED) != 0) {
                return "encrypted";
            }
            if (method != STORED && method != DEFLATED) {
                return "compressed by method " + method + ", and not by Deflate";
            }
            boolean impossible = size < 0 || compressedSize < 0 || (method == STORED && size != compressedSize);
            return impossible ? "sizes that contradict each other" : null;
        }
    }
}
