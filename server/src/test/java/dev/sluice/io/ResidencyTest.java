package dev.sluice.io;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResidencyTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    private final List<Residency> asked = new ArrayList<>();
    private FileChannel file;

    @BeforeEach
    void open() throws IOException {
        file = FileChannel.open(directory.resolve("f"), CREATE_NEW, READ, WRITE, SPARSE);
    }

    @AfterEach
    void close() throws IOException {
        asked.forEach(Residency::close);
        file.close();
    }

    /** Not only when the garbage collector comes by: a deleted file keeps its disk space until then. */
    @Test
    void close_endsTheMappings() throws IOException {
        writeAt(2 * GIB, 4096);
        Residency residency = residency(true);
        residency.resident(0, 1);
        residency.resident(2 * GIB, 1);
        assertEquals(2, mappings());

        residency.close();

        assertEquals(0, mappings());
        assertFalse(residency.resident(0, 1));
        assertEquals(0, mappings());
    }

    @Test
    void resident_justWritten_isTrue() throws IOException {
        writeAt(0, 1 << 20);

        assertTrue(residency(true).resident(0, 1 << 20));
        assertTrue(residency(true).resident(12_345, 1));
    }

    @Test
    void resident_neverTouchedHole_isFalse() throws IOException {
        writeAt(16 << 20, 4096);

        assertFalse(residency(true).resident(0, 8 << 20));
    }

    @Test
    void resident_holeWithinThePart_isFalse() throws IOException {
        writeAt(0, 4096);
        writeAt(4 << 20, 4096);

        assertFalse(residency(true).resident(0, (4 << 20) + 4096));
    }

    @Test
    void resident_beyondTheEnd_isFalse() throws IOException {
        writeAt(0, 4096);

        assertFalse(residency(true).resident(4096, 1));
        assertFalse(residency(true).resident(0, 8192));
        assertFalse(residency(true).resident(5 * GIB, 1));
    }

    @Test
    void resident_emptyFile_isFalse() {
        assertFalse(residency(true).resident(0, 1));
    }

    @Test
    void resident_beyondTwoGibibytes_asksForThatPlace() throws IOException {
        writeAt(3 * GIB, 4096);
        Residency residency = residency(true);

        assertTrue(residency.resident(3 * GIB, 4096));
        assertFalse(residency.resident(2 * GIB + (512 << 20), 4096));
    }

    @Test
    void resident_acrossTwoMappings_isTrue() throws IOException {
        writeAt(GIB - 4096, 8192);

        assertTrue(residency(true).resident(GIB - 4096, 8192));
    }

    @Test
    void resident_truncatedBelowAMappingNotMadeYet_isFalse() throws IOException {
        writeAt(3 * GIB, 4096);
        Residency residency = residency(true);
        residency.resident(0, 1);
        file.truncate(10);

        assertFalse(residency.resident(2 * GIB, 1));
        assertFalse(residency.resident(3 * GIB, 1));
    }

    @Test
    void resident_closedChannel_isFalse() throws IOException {
        writeAt(0, 4096);
        Residency residency = residency(true);
        file.close();

        assertFalse(residency.resident(0, 1));
    }

    private void writeAt(long position, int length) throws IOException {
        file.write(ByteBuffer.allocate(length), position);
    }

    private Residency residency(boolean told) {
        Residency residency = new Residency(file, told);
        asked.add(residency);
        return residency;
    }

    private long mappings() throws IOException {
        return Mappings.of(directory.resolve("f").toString()).size();
    }
}
