package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DiskTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void load_partOfAColdFile_isInMemoryAndWhatFollowsIsNot() throws IOException {
        assumeTrue(ColdFile.possible(folder), "no file can be cold here");
        Path path = ColdFile.write(folder.resolve("cold"), new byte[64 * MIB]);
        try (Disk disk = new Disk(1);
                FileChannel channel = FileChannel.open(path)) {
            OpenFile file = new OpenFile(channel, true, 1);
            assertFalse(file.residency().resident(0, 1));

            assertEquals(MIB, disk.load(file, 3 * MIB, MIB));

            assertTrue(file.residency().resident(3 * MIB, MIB));
            // The kernel may read some MiB ahead by itself.
            assertFalse(file.residency().resident(40 * MIB, 1));
        }
    }

    @Test
    void load_beyondTheEnd_isWhatIsThere() throws IOException {
        Path path = Files.write(folder.resolve("f"), new byte[1000]);
        try (Disk disk = new Disk(1);
                FileChannel channel = FileChannel.open(path)) {
            OpenFile file = new OpenFile(channel, true, 1);
            assertEquals(400, disk.load(file, 600, MIB));
            assertEquals(0, disk.load(file, 1000, 1));
        }
    }

    /** As in a jail without devices: whoever sends then waits. */
    @Test
    void load_withoutADevice_isNothing() throws IOException {
        Path path = Files.write(folder.resolve("f"), new byte[1000]);
        try (LogLines log = new LogLines();
                PageLoader loader = PageLoader.open(folder.resolve("null"));
                FileChannel channel = FileChannel.open(path)) {
            assertEquals(0, loader.load(channel, 0, 1000));
            assertTrue(log.lines().get(0).startsWith("no read-ahead of large files"));
        }
    }

    @Test
    @Timeout(30)
    void execute_moreThanCanWait_isRejected() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        try (Disk disk = new Disk(1)) {
            assertThrows(RejectedExecutionException.class, () -> {
                for (int i = 0; i < 10_000; i++) {
                    disk.execute(() -> await(dead));
                }
            });
        } finally {
            dead.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void borrow_inTurn_isTheSameAlignedBuffer() throws InterruptedException {
        AlignedBuffers buffers = new AlignedBuffers(2, AlignedBuffers.MOST_ALIGNMENT);
        for (int alignment = 512; alignment <= AlignedBuffers.MOST_ALIGNMENT; alignment *= 2) {
            try (AlignedBuffers.Loan loan = buffers.borrow()) {
                assertEquals(0, loan.aligned(alignment).alignmentOffset(0, alignment));
                assertEquals(
                        AlignedBuffers.MOST_ALIGNMENT, loan.aligned(alignment).remaining());
            }
        }
        assertEquals(1, buffers.made());
    }
}
