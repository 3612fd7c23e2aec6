package dev.sluice.serve;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which paths of a site were answered lately, from the disk, with the whole of a small file that everybody may have: the
 * next plain GET for one of them is likely to be answered so again, and need not come as far as the handler.
 *
 * <p>It keeps a mark of 32 bits for each in a table of fixed size. One path may be taken for another, and one may be
 * forgotten; both cost a detour and nothing else. Thread-safe.
 */
final class PlainPaths {
    /** The table takes half a megabyte: enough for a site of 100,000 files. */
    private static final int BITS = 17;

    /** An odd number without a pattern: 2^32 divided by the golden ratio (Knuth, TAOCP 3, 6.4). */
    private static final int MIXER = 0x9E37_79B9;

    private final AtomicIntegerArray marks = new AtomicIntegerArray(1 << BITS);

    /** A path was answered so. */
    void note(String path) {
        int mark = mark(path);
        marks.setPlain(slot(mark), mark);
    }

    /** Whether a path was probably answered so. */
    boolean knows(String path) {
        int mark = mark(path);
        return marks.getPlain(slot(mark)) == mark;
    }

    /** Never 0, which stands for nothing. */
    private static int mark(String path) {
        return path.hashCode() | 1;
    }

    private static int slot(int mark) {
        return (mark * MIXER) >>> (Integer.SIZE - BITS);
    }
}
