package dev.sluice.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is proposed from curves that were made up. */
final class ThresholdsTest {
    private static final int ROUNDS = 12;
    private static final long MIB = 1 << 20;

    private final Measurements seen = new Measurements();
    private final Random noise = new Random(7);

    private void curve(Technique technique, Cell.State state, double spread, LongToDoubleFunction cost) {
        for (long size = 512; size <= 64 * MIB; size *= 2) {
            for (int round = 0; round < ROUNDS; round++) {
                seen.add(new Cell(technique, size, state), reading(cost.applyAsDouble(size), spread));
            }
        }
    }

    private void chunk(long chunk, double cost, double spread) {
        for (int round = 0; round < ROUNDS; round++) {
            seen.addChunk(chunk, reading(cost, spread));
        }
    }

    private Reading reading(double cost, double spread) {
        double disturbed = cost * (1 + spread * (noise.nextDouble() - 0.5));
        return new Reading(disturbed, disturbed, 1, 1, 1, 0);
    }

    private Proposal proposal(String key) {
        return new Thresholds(seen)
                .propose().stream()
                        .filter(proposal -> proposal.key().equals(key))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void propose_curvesThatCross_drawsTheLineBelowTheCrossing() {
        curve(Technique.MMAP, Cell.State.WARM, 0.1, size -> 5_000 + 0.2 * size);
        curve(Technique.SENDFILE, Cell.State.WARM, 0.1, size -> 10_000 + 0.1 * size);

        Proposal proposal = proposal(Thresholds.MAX_FILE_SIZE);

        // They meet at 50,000 bytes.
        assertEquals(OptionalLong.of(32 << 10), proposal.bytes());
        assertTrue(proposal.confidence() > 0.97, proposal::toString);
        assertTrue(proposal.finding().startsWith("from 64KiB on mmap takes more CPU"), proposal::finding);
    }

    @Test
    void propose_mmapCheaperEverywhere_hasNoProposal() {
        curve(Technique.MMAP, Cell.State.WARM, 0.1, size -> 5_000 + 0.1 * size);
        curve(Technique.SENDFILE, Cell.State.WARM, 0.1, size -> 10_000 + 0.2 * size);

        assertEquals(OptionalLong.empty(), proposal(Thresholds.MAX_FILE_SIZE).bytes());
    }

    @Test
    void propose_sendfileCheaperEverywhere_drawsTheLineAtTheSmallest() {
        curve(Technique.MMAP, Cell.State.WARM, 0.1, size -> 20_000 + 0.2 * size);
        curve(Technique.SENDFILE, Cell.State.WARM, 0.1, size -> 10_000 + 0.1 * size);

        assertEquals(OptionalLong.of(512), proposal(Thresholds.MAX_FILE_SIZE).bytes());
    }

    @Test
    void propose_noise_hasNoProposal() {
        curve(Technique.MMAP, Cell.State.WARM, 1.5, size -> 10_000 + 0.1 * size);
        curve(Technique.SENDFILE, Cell.State.WARM, 1.5, size -> 10_000 + 0.1 * size);
        chunk(64 << 10, 1000, 1.5);
        chunk(MIB, 1000, 1.5);

        assertEquals(OptionalLong.empty(), proposal(Thresholds.SENDFILE_CHUNK).bytes());
        assertEquals(
                "no difference was seen between chunks",
                proposal(Thresholds.SENDFILE_CHUNK).finding());
        assertEquals(OptionalLong.empty(), proposal(Thresholds.MAX_FILE_SIZE).bytes());
    }

    @Test
    void propose_smallChunksDearer_isTheSmallestThatIsNot() {
        chunk(64 << 10, 1500, 0.05);
        chunk(128 << 10, 1200, 0.05);
        chunk(256 << 10, 1005, 0.05);
        chunk(512 << 10, 1000, 0.05);

        assertEquals(
                OptionalLong.of(256 << 10), proposal(Thresholds.SENDFILE_CHUNK).bytes());
    }

    @Test
    void propose_directAsFastFromASize_isThatSize() {
        curve(Technique.DIRECT, Cell.State.COLD, 0.02, size -> size < 16 * MIB ? 2.0 * size : 0.9 * size);
        curve(Technique.SENDFILE, Cell.State.COLD, 0.02, size -> size);

        assertEquals(
                OptionalLong.of(16 * MIB), proposal(Thresholds.DIRECT_MIN_SIZE).bytes());
    }

    @Test
    void propose_directSlowerEverywhere_hasNoProposal() {
        curve(Technique.DIRECT, Cell.State.COLD, 0.1, size -> 2.0 * size);
        curve(Technique.SENDFILE, Cell.State.COLD, 0.1, size -> size);

        assertEquals(OptionalLong.empty(), proposal(Thresholds.DIRECT_MIN_SIZE).bytes());
    }

    /** Where nothing can be seen for noise, nothing is taken for granted. */
    @Test
    void propose_directInNoise_hasNoProposal() {
        curve(Technique.DIRECT, Cell.State.COLD, 1.8, size -> size);
        curve(Technique.SENDFILE, Cell.State.COLD, 1.8, size -> size);

        assertEquals(OptionalLong.empty(), proposal(Thresholds.DIRECT_MIN_SIZE).bytes());
    }

    @Test
    void propose_nothingMeasured_hasNoProposal() {
        for (Proposal proposal : new Thresholds(seen).propose()) {
            assertEquals(OptionalLong.empty(), proposal.bytes(), proposal::toString);
        }
    }

    @Test
    void comparison_oneOutlier_isNotFooled() {
        double[] first = {10, 10, 10, 500, 10, 10, 10, 10, 10, 10, 10, 10};
        double[] second = {20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20};

        Comparison comparison = Comparison.of(first, second);

        assertEquals(0.5, comparison.ratio());
        assertTrue(comparison.cheaper());
    }

    /** However far apart: chance puts five pairs on one side one time in 32. */
    @Test
    void comparison_fivePairs_areTooFew() {
        double[] first = {1, 1, 1, 1, 1, 1};
        double[] second = {9, 9, 9, 9, 9, 9};

        assertFalse(
                Comparison.of(Arrays.copyOf(first, 5), Arrays.copyOf(second, 5)).cheaper());
        assertTrue(Comparison.of(first, second).cheaper());
        assertTrue(Comparison.of(second, first).dearer());
    }

    @Test
    void text_everyFigure_standsInItsTable() {
        curve(Technique.MMAP, Cell.State.WARM, 0, size -> 1000);

        String text = String.join("\n", new TextReport(seen).lines());

        assertTrue(text.contains("CPU of the sending thread, ns a byte, warm, median of 12 rounds"), text);
        assertTrue(text.contains("    512B" + " ".repeat(15) + "-" + " ".repeat(8) + "1.95 ±0%"), text);
        assertTrue(text.contains("system calls a request, warm"), text);
        assertTrue(text.contains("context switches a request, warm"), text);
    }
}
