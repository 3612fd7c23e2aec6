package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.io.ColdFile;
import dev.sluice.io.Disk;
import dev.sluice.io.OpenFile;
import dev.sluice.io.OpenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadAheadTest {
    private static final long MIB = 1 << 20;
    private static final long SIZE = 64 * MIB;
    private static final long FAST = 50_000;
    private static final long SLOW = 10_000_000;

    @TempDir
    Path folder;

    private final OpenFiles files = new OpenFiles(2);
    private final Disk disk = new Disk(1);

    /** Time goes on by as much at each look. */
    private long tick = FAST;

    private long now;

    @AfterEach
    void close() {
        files.close();
        disk.close();
    }

    private ReadAhead cold() throws IOException {
        assumeTrue(ColdFile.possible(folder), "no file can be cold here");
        return of(ColdFile.write(folder.resolve("cold"), new byte[(int) SIZE]), true);
    }

    private ReadAhead warm(boolean told) throws IOException {
        return of(Files.write(folder.resolve("warm"), new byte[(int) SIZE]), told);
    }

    private ReadAhead of(Path path, boolean told) throws IOException {
        OpenFile file = files.acquire(path, FileChannel.open(path), () -> told);
        file.release();
        return new ReadAhead(file, disk, () -> now += tick);
    }

    @Test
    void ready_inMemory_isTrueToTheEnd() throws IOException {
        ReadAhead ahead = warm(true);
        for (long at = 0; at < SIZE; at += MIB) {
            assertTrue(ahead.ready(at, SIZE - at), "at " + at);
        }
    }

    @Test
    void ready_cold_isFalseUntilFetchedAndForOneWindowOnly() throws IOException {
        ReadAhead ahead = cold();
        assertFalse(ahead.ready(0, SIZE));

        ahead.fetch(0, SIZE);

        assertTrue(ahead.ready(0, SIZE));
        assertTrue(ahead.ready(ReadAhead.WINDOW - 1, SIZE - ReadAhead.WINDOW + 1));
        // Further than the kernel reads ahead by itself.
        assertFalse(ahead.ready(32 * MIB, 32 * MIB));
    }

    @Test
    void fetch_partShorterThanAWindow_bringsNoMore() throws IOException {
        ReadAhead ahead = cold();

        ahead.fetch(40 * MIB, 100);

        assertTrue(ahead.ready(40 * MIB + 99, 1));
        assertFalse(ahead.ready(60 * MIB, 1));
    }

    /** All of the first 8 MiB are there, so twice as much is asked for next; then what is missing lies further ahead than 8 MiB. */
    @Test
    void ready_holeFarAhead_isTrueUpToIt() throws IOException {
        ReadAhead ahead = of(withHole(20 * MIB), true);
        assertTrue(ahead.ready(0, SIZE));

        assertTrue(ahead.ready(8 * MIB, SIZE - 8 * MIB));
        assertTrue(ahead.ready(16 * MIB - 1, SIZE - 16 * MIB + 1));
        assertFalse(ahead.ready(16 * MIB, SIZE - 16 * MIB));
    }

    /** A hole that lies between two probed pages costs a wait. Then each MiB is asked for. */
    @Test
    void ready_afterAWaitInAHole_asksForEachMebibyte() throws IOException {
        ReadAhead ahead = of(withHole(9 * MIB), true);
        assertTrue(ahead.ready(0, 8 * MIB));
        assertTrue(ahead.ready(8 * MIB, 16 * MIB));

        ahead.waitedAt(9 * MIB);

        assertFalse(ahead.ready(9 * MIB, 16 * MIB));
    }

    /** What lies behind has not been asked for: it may be on the disk. */
    @Test
    void reach_inMemory_endsWithWhatWasAskedFor() throws IOException {
        ReadAhead ahead = warm(true);
        assertTrue(ahead.ready(0, SIZE));

        assertEquals(3 * MIB, ahead.reach(5 * MIB));
        assertEquals(ReadAhead.WINDOW, ahead.reach(8 * MIB));
    }

    /** A file all in memory but for a MiB at each of these places. */
    private Path withHole(long... places) throws IOException {
        Path path = Files.createFile(folder.resolve("holes"));
        ByteBuffer mebibyte = ByteBuffer.allocate((int) MIB);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (long at = 0; at < SIZE; at += MIB) {
                long place = at;
                if (LongStream.of(places).noneMatch(hole -> hole == place)) {
                    channel.write(mebibyte.clear(), at);
                }
            }
        }
        return path;
    }

    /** Pages may leave between the question and the use. */
    @Test
    void ready_afterAWait_isAskedAnew() throws IOException {
        Path path = Files.write(folder.resolve("warm"), new byte[(int) SIZE]);
        ReadAhead ahead = of(path, true);
        assertTrue(ahead.ready(0, SIZE));
        // Pages that are cut off leave memory.
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(MIB).position(SIZE - 1).write(ByteBuffer.allocate(1));
        }
        assertTrue(ahead.ready(MIB, SIZE - MIB));

        ahead.waitedAt(MIB);

        assertFalse(ahead.ready(MIB, SIZE - MIB));
    }

    @Test
    void ready_untold_isFalseWhateverIsInMemory() throws IOException {
        assertFalse(warm(false).ready(0, SIZE));
    }

    /** Where the kernel does not tell, no disk was that fast: the next 8 MiB are there as well, then 16. */
    @Test
    void fetch_untoldAndFast_isBelievedFurtherEachTime() throws IOException {
        ReadAhead ahead = warm(false);

        ahead.fetch(0, SIZE);
        assertTrue(ahead.ready(10 * MIB - 1, 1));
        assertFalse(ahead.ready(10 * MIB, 1));

        ahead.fetch(10 * MIB, SIZE);
        assertTrue(ahead.ready(28 * MIB - 1, 1));
        assertFalse(ahead.ready(28 * MIB, 1));
    }

    @Test
    void fetch_untoldAndSlow_isOneWindow() throws IOException {
        ReadAhead ahead = warm(false);
        tick = SLOW;

        ahead.fetch(0, SIZE);

        assertTrue(ahead.ready(ReadAhead.WINDOW - 1, 1));
        assertFalse(ahead.ready(ReadAhead.WINDOW, 1));
    }

    @Test
    void waitedAt_whatWasBelieved_startsAnew() throws IOException {
        ReadAhead ahead = warm(false);
        ahead.fetch(0, SIZE);
        ahead.waitedAt(5 * MIB);
        assertFalse(ahead.ready(5 * MIB, 1));

        ahead.fetch(5 * MIB, SIZE);

        assertTrue(ahead.ready(15 * MIB - 1, 1));
        assertFalse(ahead.ready(15 * MIB, 1));
    }
}
