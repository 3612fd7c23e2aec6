package dev.sluice.io;

import static java.nio.file.StandardOpenOption.READ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectStoresTest {
    /** procfs is a file system that refuses O_DIRECT wherever this runs. */
    private static final Path REFUSED = Path.of("/proc/self/status");

    @TempDir
    Path folder;

    private final DirectStores stores = new DirectStores();

    /** Opens a path as it is, and counts. */
    private static final class Opening implements DirectStores.Opening {
        private final Path path;
        private final boolean otherwise;
        private int opened;

        Opening(Path path, boolean otherwise) {
            this.path = path;
            this.otherwise = otherwise;
        }

        @Override
        public FileChannel openDirect() throws IOException {
            opened++;
            return FileChannel.open(path, READ, ExtendedOpenOption.DIRECT);
        }

        @Override
        public boolean opensOtherwise() {
            return otherwise;
        }
    }

    @Test
    void open_ordinaryFile_isAlignedToItsBlocks() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[10]);

        OpenFile open = stores.open(() -> Files.getFileStore(file), new Opening(file, true));

        assertNotNull(open);
        assertEquals(Files.getFileStore(file).getBlockSize(), open.alignment());
        open.release();
    }

    @Test
    void open_refusingFileSystem_isNotTriedAgain() throws IOException {
        Opening opening = new Opening(REFUSED, true);

        assertNull(stores.open(() -> Files.getFileStore(REFUSED), opening));
        assertNull(stores.open(() -> Files.getFileStore(REFUSED), opening));

        assertEquals(1, opening.opened);
    }

    /** Not a word on the file system: too many files may be open. */
    @Test
    void open_opensInNoWay_isTriedAgain() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[10]);
        Opening opening = new Opening(folder.resolve("absent"), false);

        assertNull(stores.open(() -> Files.getFileStore(file), opening));
        assertNull(stores.open(() -> Files.getFileStore(file), opening));

        assertEquals(2, opening.opened);
    }

    @Test
    void open_fileSystemThatCannotBeTold_isNull() {
        DirectStores.Place gone = () -> {
            throw new NoSuchFileException("f");
        };
        assertNull(stores.open(gone, new Opening(REFUSED, true)));
    }

    @Test
    void acquireDirect_twice_isOneOpenFile() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[10]);
        Opening opening = new Opening(file, true);
        try (OpenFiles files = new OpenFiles(4)) {
            OpenFile first = files.acquireDirect("v1", () -> Files.getFileStore(file), opening);
            OpenFile second = files.acquireDirect("v1", () -> Files.getFileStore(file), opening);

            assertNotNull(first);
            assertEquals(first, second);
            assertEquals(1, opening.opened);
            first.release();
            first.release();
        }
    }
}
