package dev.sluice.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.io.ColdFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class CalibrationTest {
    private static final Scope TINY =
            new Scope(List.of(512L, 100_000L), List.of(65_536L), Scope.LEAST_ROUNDS, Duration.ZERO);

    @TempDir
    static Path folder;

    private static Measurements seen;
    private static boolean coldPossible;

    @BeforeAll
    static void measure() throws Exception {
        coldPossible = ColdFile.possible(folder);
        seen = Calibration.run(folder, TINY);
    }

    @Test
    void run_tinyScope_readsEveryWarmCellInEveryRound() {
        assertEquals(Scope.LEAST_ROUNDS, seen.rounds());
        for (Technique technique : Technique.values()) {
            for (long size : TINY.sizes()) {
                assertMeasured(new Cell(technique, size, Cell.State.WARM));
            }
        }
        assertEquals(Scope.LEAST_ROUNDS, seen.chunkValues(65_536, Reading::cpuNanos).length);
    }

    @Test
    void run_tinyScope_readsEveryColdCellOrSaysWhyNot() {
        if (!coldPossible) {
            assertTrue(seen.notes().stream().anyMatch(note -> note.startsWith("cold is not possible here")));
            assertEquals(List.of(), seen.sizes(Cell.State.COLD));
            return;
        }
        for (Technique technique : Technique.values()) {
            for (long size : TINY.sizes()) {
                assertMeasured(new Cell(technique, size, Cell.State.COLD));
            }
        }
    }

    private static void assertMeasured(Cell cell) {
        double[] nanos = seen.values(cell, Reading::nanos);
        double[] cpu = seen.values(cell, Reading::cpuNanos);
        assertEquals(Scope.LEAST_ROUNDS, nanos.length, cell::toString);
        for (int i = 0; i < nanos.length; i++) {
            assertTrue(nanos[i] > 0 && cpu[i] > 0, cell::toString);
        }
    }

    /** A request is read; a mapped answer is one writev, a copied one a read and a write, a sendfile one of each after the head. */
    @Test
    void run_smallAnswers_countTheCallsOfTheTechnique() {
        assertCalls(Technique.MMAP, 1, 1);
        assertCalls(Technique.COW, 1, 1);
        assertCalls(Technique.COPY, 2, 1);
        assertCalls(Technique.DIRECT, 2, 1);
        assertCalls(Technique.SENDFILE, 2, 2);
    }

    private static void assertCalls(Technique technique, double reads, double writes) {
        Cell cell = new Cell(technique, 512, Cell.State.WARM);
        double[] counted = seen.values(cell, Reading::reads);
        assumeTrue(!Double.isNaN(counted[0]), "this kernel does not count calls");
        assertEquals(reads, Comparison.median(counted), 0.1, technique::label);
        assertEquals(writes, Comparison.median(seen.values(cell, Reading::writes)), 0.1, technique::label);
    }

    @Test
    void run_done_leavesNothingBehind() throws IOException {
        assertEmpty();
    }

    @Test
    @Timeout(60)
    void run_interrupted_leavesNothingBehind() throws Exception {
        Thread measuring = new Thread(() -> {
            try {
                Calibration.run(folder, Scope.full());
            } catch (IOException | InterruptedException expected) {
                // Interrupted in a socket or while waiting for the client.
            }
        });
        measuring.start();
        while (isEmpty()) {
            Thread.onSpinWait();
        }
        measuring.interrupt();
        measuring.join();
        assertEmpty();
    }

    private static void assertEmpty() throws IOException {
        assertTrue(isEmpty(), "files are left in " + folder);
    }

    private static boolean isEmpty() throws IOException {
        try (Stream<Path> members = Files.list(folder)) {
            return members.findAny().isEmpty();
        }
    }

    @Test
    void run_folderThatIsNot_isAnError() {
        assertThrows(NoSuchFileException.class, () -> Calibration.run(folder.resolve("absent"), TINY));
    }

    @Test
    void run_moreThanThereIsRoomFor_isAnError() {
        Scope vast = new Scope(List.of(1L << 60), List.of(65_536L), Scope.LEAST_ROUNDS, Duration.ZERO);
        IOException e = assertThrows(IOException.class, () -> Calibration.run(folder, vast));
        assertTrue(e.getMessage().startsWith("no space: "), e::getMessage);
    }

    @Test
    void cool_warmFile_isColdUntilItIsRead() throws IOException {
        assumeTrue(coldPossible, "no file can be cold here");
        Path own = Files.createTempDirectory("cool");
        SampleFile file = SampleFile.create(own, 100_000);
        assertTrue(file.cool());
        file.warm();
        assertTrue(file.cool());
        Files.delete(file.path());
        Files.delete(own);
    }
}
