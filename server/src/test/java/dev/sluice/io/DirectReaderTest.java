package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Against the file as an array of bytes. */
final class DirectReaderTest {
    private static final int SIZE = 3 * DirectReader.MOST + 1_234;
    private static final byte[] CONTENT = new byte[SIZE];
    private static final AlignedBuffers BUFFERS = new AlignedBuffers(1, DirectReader.MOST);

    private static Path path;
    private static OpenFile file;

    @BeforeContainer
    static void write() throws IOException {
        new Random(1).nextBytes(CONTENT);
        path = Files.write(Files.createTempFile(Path.of("target"), "direct", ""), CONTENT);
        int block = (int) Files.getFileStore(path).getBlockSize();
        file = new OpenFile(FileChannel.open(path, StandardOpenOption.READ, ExtendedOpenOption.DIRECT), false, block);
    }

    @AfterContainer
    static void delete() throws IOException {
        file.release();
        Files.delete(path);
    }

    @Property
    void read_anyPart_isThatPart(
            @ForAll @IntRange(max = SIZE - 1) int position, @ForAll @IntRange(min = 1, max = SIZE) int count)
            throws IOException {
        byte[] part = read(position, count);

        assertTrue(part.length >= 1 && part.length <= count, () -> part.length + " of " + count);
        assertTrue(part.length == Math.min(count, SIZE - position) || part.length > DirectReader.MOST / 2);
        assertArrayEquals(Arrays.copyOfRange(CONTENT, position, position + part.length), part);
    }

    @Property
    void read_behindTheEnd_isEmpty(@ForAll @IntRange(min = SIZE) int position, @ForAll @IntRange(min = 1) int count)
            throws IOException {
        assertEquals(0, read(position, count).length);
    }

    private static byte[] read(long position, long count) throws IOException {
        byte[][] seen = new byte[1][];
        new DirectReader(file, BUFFERS).read(position, count, bytes -> {
            seen[0] = new byte[bytes.remaining()];
            bytes.get(seen[0]);
            return seen[0].length;
        });
        return seen[0];
    }
}
