package dev.sluice.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates an entry from its first byte on. Never gives more than its declared size, and its last byte only when nothing follows and
 * the checksum is right: so a body that is complete is right, and a small archive is no larger than it says. Not thread-safe.
 */
public final class Inflation implements Closeable {
    private static final int IN = 16 << 10;
    private static final int SKIPPED = 32 << 10;

    private final FileChannel deflated;
    private final ArchiveEntry entry;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final ByteBuffer in = ByteBuffer.allocate(IN).limit(0);
    private long taken;
    private long position;

    /**
     * @param deflated its bytes in the archive, read at explicit positions and not closed
     */
    public Inflation(FileChannel deflated, ArchiveEntry entry) {
        this.deflated = deflated;
        this.entry = entry;
    }

    /** Where the next byte to be given stands in the content. */
    public long position() {
        return position;
    }

    /**
     * Inflates and forgets what lies before a position.
     *
     * @param most how many bytes at most, so that others get their turn
     * @throws DamagedArchiveException as {@link #read}
     */
    public void skipTo(long target, long most) throws IOException {
        long end = target - position > most ? position + most : target;
        ByteBuffer skipped = ByteBuffer.allocate((int) Math.max(0, Math.min(SKIPPED, end - position)));
        while (position < end) {
            skipped.clear().limit((int) Math.min(skipped.capacity(), end - position));
            read(skipped);
        }
    }

    /**
     * Inflates what has room, at least one byte if there is any.
     *
     * @return how many bytes; -1 at the end
     * @throws DamagedArchiveException if what lies there is not what the archive says; none of these bytes is to be used
     * @throws IOException if the file cannot be read
     */
    public int read(ByteBuffer into) throws IOException {
        if (position == entry.size()) {
            return -1;
        }
        ByteBuffer room = into.duplicate();
        room.limit(into.position() + (int) Math.min(into.remaining(), entry.size() - position));
        int read = room.remaining();
        while (room.hasRemaining()) {
            if (inflate(room) == 0 && inflater.finished()) {
                throw new DamagedArchiveException("an entry is shorter than it says");
            }
        }
        crc.update(room.flip().position(into.position()));
        position += read;
        if (position == entry.size()) {
            checkEnd();
        }
        into.position(into.position() + read);
        return read;
    }

    /** Inflates what can be had of the input at hand, or gets more input. */
    private int inflate(ByteBuffer room) throws IOException {
        try {
            int read = inflater.inflate(room);
            if (read == 0 && !inflater.finished()) {
                if (inflater.needsDictionary()) {
                    throw new DamagedArchiveException("an entry is damaged");
                }
                refill();
            }
            return read;
        } catch (DataFormatException e) {
            throw new DamagedArchiveException("an entry is damaged");
        }
    }

    private void refill() throws IOException {
        in.clear().limit((int) Math.min(IN, entry.compressedSize() - taken));
        int read = in.hasRemaining() ? deflated.read(in, taken) : -1;
        if (read <= 0) {
            throw new DamagedArchiveException("an entry ends early");
        }
        taken += read;
        inflater.setInput(in.flip());
    }

    private void checkEnd() throws IOException {
        ByteBuffer more = ByteBuffer.allocate(1);
        while (!inflater.finished()) {
            if (inflate(more) > 0) {
                throw new DamagedArchiveException("an entry is longer than it says");
            }
        }
        if (crc.getValue() != entry.crc()) {
            throw new DamagedArchiveException("an entry's content does not match its checksum");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
