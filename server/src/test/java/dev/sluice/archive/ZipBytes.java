package dev.sluice.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip archives octet by octet, wrong ones too. */
public final class ZipBytes {
    /** When all entries were modified, unless said otherwise. */
    public static final Instant MODIFIED = Instant.parse("2024-05-06T07:08:10Z");

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteArrayOutputStream central = new ByteArrayOutputStream();
    private int count;
    private boolean zip64;
    private String comment = "";
    private int base;

    /** One entry, of which each field can be set to what it should not be. */
    public static final class Part {
        private final byte[] name;
        private byte[] content = {};
        private boolean deflated;
        private int method = -1;
        private int flags = 0x800;
        private int host = 3;
        private int mode = 0100644;
        private Instant modified = MODIFIED;
        private long extendedTime = -1;
        private long crc = -1;
        private long size = -1;
        private int cut;
        private long offset = -1;

        private Part(byte[] name) {
            this.name = name;
        }

        public static Part of(String name) {
            return new Part(name.getBytes(StandardCharsets.UTF_8));
        }

        public static Part of(byte[] name) {
            return new Part(name);
        }

        public Part stored(byte[] bytes) {
            content = bytes;
            return this;
        }

        public Part deflated(byte[] bytes) {
            content = bytes;
            deflated = true;
            return this;
        }

        public Part method(int number) {
            method = number;
            return this;
        }

        public Part flags(int bits) {
            flags = bits;
            return this;
        }

        /** As of Unix: type and permissions. */
        public Part mode(int bits) {
            mode = bits;
            return this;
        }

        public Part modified(Instant time) {
            modified = time;
            return this;
        }

        /** In an extra field, in seconds of UTC. */
        public Part extendedTime(Instant time) {
            extendedTime = time.getEpochSecond();
            return this;
        }

        /** A checksum that is not that of the content. */
        public Part crc(long wrong) {
            crc = wrong;
            return this;
        }

        /** A size that is not that of the content. */
        public Part size(long wrong) {
            size = wrong;
            return this;
        }

        /** Leaves out so many of its last bytes in the archive. */
        public Part cut(int bytes) {
            cut = bytes;
            return this;
        }

        /** A place where it does not lie. */
        public Part offset(long wrong) {
            offset = wrong;
            return this;
        }

        private byte[] data() {
            if (!deflated) {
                return Arrays.copyOf(content, content.length - cut);
            }
            Deflater deflater = new Deflater(6, true);
            deflater.setInput(content);
            deflater.finish();
            byte[] out = new byte[content.length + content.length / 1_000 + 1_024];
            int length = deflater.deflate(out);
            deflater.end();
            return Arrays.copyOf(out, length - cut);
        }
    }

    /** Puts octets before the archive, such as a program that unpacks it. */
    public static ZipBytes behind(byte[] before) {
        ZipBytes zip = new ZipBytes();
        zip.file.writeBytes(before);
        zip.base = before.length;
        return zip;
    }

    public ZipBytes stored(String name, String content) {
        return add(Part.of(name).stored(content.getBytes(StandardCharsets.UTF_8)));
    }

    public ZipBytes stored(String name, byte[] content) {
        return add(Part.of(name).stored(content));
    }

    public ZipBytes deflated(String name, String content) {
        return add(Part.of(name).deflated(content.getBytes(StandardCharsets.UTF_8)));
    }

    public ZipBytes deflated(String name, byte[] content) {
        return add(Part.of(name).deflated(content));
    }

    public ZipBytes comment(String text) {
        comment = text;
        return this;
    }

    /** Writes all sizes, offsets and numbers where only Zip64 has room for them. */
    public ZipBytes zip64() {
        zip64 = true;
        return this;
    }

    public ZipBytes add(Part entry) {
        byte[] data = entry.data();
        CRC32 crc = new CRC32();
        crc.update(entry.content);
        long sum = entry.crc < 0 ? crc.getValue() : entry.crc;
        long size = entry.size < 0 ? entry.content.length : entry.size;
        int method = entry.method >= 0 ? entry.method : entry.deflated ? 8 : 0;
        ZonedDateTime time = entry.modified.atZone(ZoneOffset.UTC);
        int dosTime = (time.getHour() << 11) | (time.getMinute() << 5) | (time.getSecond() / 2);
        int dosDate = ((time.getYear() - 1980) << 9) | (time.getMonthValue() << 5) | time.getDayOfMonth();
        long at = entry.offset < 0 ? file.size() - base : entry.offset;
        // An extra field that the central header has not, so that their lengths differ.
        byte[] localExtra = {0x34, 0x12, 3, 0, 'x', 'y', 'z'};
        put(
                file,
                30,
                b -> b.putInt(0x04034b50)
                        .putShort((short) 20)
                        .putShort((short) entry.flags)
                        .putShort((short) method)
                        .putShort((short) dosTime)
                        .putShort((short) dosDate)
                        .putInt((int) sum)
                        .putInt(data.length)
                        .putInt((int) size)
                        .putShort((short) entry.name.length)
                        .putShort((short) localExtra.length));
        file.writeBytes(entry.name);
        file.writeBytes(localExtra);
        file.writeBytes(data);
        ByteArrayOutputStream extra = new ByteArrayOutputStream();
        if (entry.extendedTime >= 0) {
            put(
                    extra,
                    9,
                    b -> b.putShort((short) 0x5455)
                            .putShort((short) 5)
                            .put((byte) 1)
                            .putInt((int) entry.extendedTime));
        }
        if (zip64) {
            put(
                    extra,
                    28,
                    b -> b.putShort((short) 1)
                            .putShort((short) 24)
                            .putLong(size)
                            .putLong(data.length)
                            .putLong(at));
        }
        put(
                central,
                46,
                b -> b.putInt(0x02014b50)
                        .put((byte) 20)
                        .put((byte) entry.host)
                        .putShort((short) 20)
                        .putShort((short) entry.flags)
                        .putShort((short) method)
                        .putShort((short) dosTime)
                        .putShort((short) dosDate)
                        .putInt((int) sum)
                        .putInt(zip64 ? -1 : data.length)
                        .putInt(zip64 ? -1 : (int) size)
                        .putShort((short) entry.name.length)
                        .putShort((short) extra.size())
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putShort((short) 0)
                        .putInt(entry.mode << 16)
                        .putInt(zip64 ? -1 : (int) at));
        central.writeBytes(entry.name);
        central.writeBytes(extra.toByteArray());
        count++;
        return this;
    }

    private interface Fields {
        void into(ByteBuffer bytes);
    }

    private static void put(ByteArrayOutputStream out, int length, Fields fields) {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fields.into(bytes);
        out.writeBytes(bytes.array());
    }

    public byte[] bytes() {
        return bytes(count);
    }

    /** With a number of entries that need not be true. */
    public byte[] bytes(int claimed) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(file.toByteArray());
        all.writeBytes(central.toByteArray());
        long begins = (long) file.size() - base;
        if (zip64) {
            long recordAt = begins + central.size();
            put(
                    all,
                    56,
                    b -> b.putInt(0x06064b50)
                            .putLong(44)
                            .putShort((short) 45)
                            .putShort((short) 45)
                            .putInt(0)
                            .putInt(0)
                            .putLong(claimed)
                            .putLong(claimed)
                            .putLong(central.size())
                            .putLong(begins));
            put(all, 20, b -> b.putInt(0x07064b50).putInt(0).putLong(recordAt).putInt(1));
        }
        byte[] remark = comment.getBytes(StandardCharsets.UTF_8);
        put(
                all,
                22,
                b -> b.putInt(0x06054b50)
                        .putInt(0)
                        .putShort((short) (zip64 ? 0xFFFF : claimed))
                        .putShort((short) (zip64 ? 0xFFFF : claimed))
                        .putInt(zip64 ? -1 : central.size())
                        .putInt(zip64 ? -1 : (int) begins)
                        .putShort((short) remark.length));
        all.writeBytes(remark);
        return all.toByteArray();
    }

    /** Writes it as a file that is a minute old. */
    public Path to(Path target) throws IOException {
        return write(bytes(), target, Instant.now().minus(Duration.ofMinutes(1)));
    }

    /** Puts it in a file's place, complete from the first moment, an hour old, so that it need not rest. */
    public Path replace(Path target) throws IOException {
        Path next =
                write(bytes(), target.resolveSibling("next.zip"), Instant.now().minus(Duration.ofHours(1)));
        return Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes octets as a file of a certain age. */
    public static Path write(byte[] bytes, Path target, Instant modified) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.write(target, bytes);
        return Files.setLastModifiedTime(target, FileTime.from(modified));
    }
}
