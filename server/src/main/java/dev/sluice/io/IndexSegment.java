package dev.sluice.io;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The part of the mapped index that tells what stands in one region: a log of records, as its region is a log of bodies.
 *
 * <pre>
 * filling   long   which filling of which region: unique in the index; 0 for an empty region
 * check     int    CRC32C of the filling
 * dead      int    of the first record: 0, or 1 once nobody wants its body any more
 * size      int    of its payload in bytes; 0 where the log ends
 * check     int    CRC32C of filling, size and payload
 * payload          offset int, length int and CRC32C int of the body, then the label
 * dead, size, …    the next record
 * </pre>
 *
 * <p>Stores into a mapping outlive a killed process, in their order. So a record is written before its size, which commits it,
 * and the filling is struck out before the first byte of the region is overwritten. After a crash of the machine, which
 * keeps no order, the checks tell.
 *
 * <p>Each change is made under this object's lock.
 */
final class IndexSegment {
    static final int NONE = -1;

    private static final int FILLING = 0;
    private static final int FILLING_CHECK = 8;
    private static final int FIRST = 12;

    private static final int SIZE = 4;
    private static final int CHECK = 8;
    private static final int PAYLOAD = 12;
    private static final int LABEL = 12;

    private final ByteBuffer memory;
    private int end = FIRST;
    private boolean closed;

    /**
     * @param memory mapped; as large as a record with the head of the next one at least
     */
    IndexSegment(ByteBuffer memory) {
        this.memory = memory;
    }

    /** One for a region that nobody finds later: it notes nothing. */
    static IndexSegment none() {
        IndexSegment none = new IndexSegment(ByteBuffer.allocate(FIRST + PAYLOAD));
        none.close();
        return none;
    }

    /**
     * What stands at one place of the region.
     *
     * @param at where its record is
     * @param offset of the body
     * @param length of the body
     * @param check CRC32C of the body
     * @param label what its owner wrote to it
     */
    record Entry(int at, int offset, int length, int check, ByteBuffer label) {}

    /** The number of the region's filling, 0 if it is empty, or if it can't be told. */
    long filling() {
        long filling = memory.getLong(FILLING);
        return memory.getInt(FILLING_CHECK) == check(filling) ? filling : 0;
    }

    /** From now on nothing of the region counts: to be called before its first byte is overwritten. */
    synchronized void clear() {
        if (closed) {
            return;
        }
        memory.putLong(FILLING, 0);
        VarHandle.fullFence();
    }

    /** The region is filled anew. */
    synchronized void begin(long filling) {
        if (closed) {
            return;
        }
        end = FIRST;
        memory.putInt(FIRST + SIZE, 0);
        memory.putInt(FILLING_CHECK, check(filling));
        VarHandle.fullFence();
        memory.putLong(FILLING, filling);
    }

    /**
     * Notes a body whose bytes are all written.
     *
     * @return where its record is, or {@link #NONE} if there is no room for it: it is then as good as ever, but not kept
     */
    synchronized int add(int offset, int length, int check, ByteBuffer label) {
        int size = LABEL + label.remaining();
        int at = end;
        int next = at + PAYLOAD + size;
        if (closed || next + PAYLOAD > memory.capacity()) {
            return NONE;
        }
        int payload = at + PAYLOAD;
        memory.putInt(payload, offset).putInt(payload + 4, length).putInt(payload + 8, check);
        memory.put(payload + LABEL, label, label.position(), label.remaining());
        memory.putInt(at, 0).putInt(at + CHECK, check(at, size)).putInt(next + SIZE, 0);
        VarHandle.fullFence();
        memory.putInt(at + SIZE, size);
        end = next;
        return at;
    }

    /** The body of that record is not wanted any more. */
    synchronized void kill(int at) {
        if (!closed) {
            memory.putInt(at, 1);
        }
    }

    /** From now on the index is another process's. */
    synchronized void close() {
        closed = true;
    }

    /** The record there. */
    Entry entry(int at) {
        int payload = at + PAYLOAD;
        byte[] copy = new byte[memory.getInt(at + SIZE) - LABEL];
        memory.get(payload + LABEL, copy);
        ByteBuffer label = ByteBuffer.wrap(copy).asReadOnlyBuffer();
        return new Entry(at, memory.getInt(payload), memory.getInt(payload + 4), memory.getInt(payload + 8), label);
    }

    /** All records that are whole and whose body is wanted. What follows a damaged one is left aside. */
    List<Entry> entries(int regionSize) {
        List<Entry> entries = new ArrayList<>();
        int at = filling() == 0 ? memory.capacity() : FIRST;
        for (Integer next = next(at); next != null; next = next(at)) {
            Entry entry = entry(at);
            boolean inside = entry.offset >= 0 && entry.length >= 0 && entry.offset <= regionSize - entry.length;
            if (inside && memory.getInt(at) == 0) {
                entries.add(entry);
            }
            at = next;
        }
        return entries;
    }

    /** Where the record behind this one begins, or null if there is none here. */
    private @Nullable Integer next(int at) {
        if (at > memory.capacity() - PAYLOAD - LABEL) {
            return null;
        }
        int size = memory.getInt(at + SIZE);
        boolean fits = size >= LABEL && size <= memory.capacity() - PAYLOAD - at;
        return fits && memory.getInt(at + CHECK) == check(at, size) ? at + PAYLOAD + size : null;
    }

    private int check(int at, int size) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(12)
                .putLong(memory.getLong(FILLING))
                .putInt(size)
                .flip());
        crc.update(memory.slice(at + PAYLOAD, size));
        return (int) crc.getValue();
    }

    private static int check(long filling) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(8).putLong(filling).flip());
        return (int) crc.getValue();
    }
}
