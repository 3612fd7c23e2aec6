package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenFilesTest {
    @TempDir
    Path directory;

    private final OpenFiles files = new OpenFiles(2);
    private Path path;

    @BeforeEach
    void write() throws IOException {
        path = Files.writeString(directory.resolve("f"), "content");
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void acquire_equalIdentity_sharesAndClosesTheSpare() throws IOException {
        OpenFile first = files.acquire("id", open());
        FileChannel spare = open();
        OpenFile second = files.acquire("id", spare);

        assertSame(first, second);
        assertFalse(spare.isOpen());
        assertTrue(first.channel().isOpen());
    }

    @Test
    void acquire_otherIdentity_isAnotherFile() throws IOException {
        assertNotSame(files.acquire("a", open()), files.acquire("b", open()));
        assertEquals(2, files.size());
    }

    @Test
    void release_lastResponse_keepsTheFileForReuse() throws IOException {
        OpenFile file = files.acquire("id", open());
        file.release();

        assertTrue(file.channel().isOpen());
    }

    @Test
    void close_noResponse_closesTheFile() throws IOException {
        OpenFile file = files.acquire("id", open());
        file.release();
        files.close();

        assertFalse(file.channel().isOpen());
    }

    @Test
    void close_noResponse_endsTheMappings() throws IOException {
        OpenFile file = files.acquire("id", open());
        assertTrue(file.residency().resident(0, 1));
        assertTrue(isMapped());
        file.release();
        files.close();

        assertFalse(isMapped());
    }

    @Test
    void close_whileLeased_staysOpenUntilTheLastLease() throws IOException {
        OpenFile file = files.acquire("id", open());
        files.acquire("id", open());
        files.close();

        assertTrue(file.channel().isOpen());
        file.release();
        assertTrue(file.channel().isOpen());
        file.release();
        assertFalse(file.channel().isOpen());
    }

    @Test
    void acquire_moreThanTheMost_closesIdleOnesAndKeepsLeasedOnes() throws IOException {
        OpenFile leased = files.acquire("leased", open());
        List<OpenFile> idle = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            OpenFile file = files.acquire(i, open());
            file.release();
            idle.add(file);
        }

        assertTrue(files.size() <= 2);
        assertTrue(idle.stream().filter(file -> file.channel().isOpen()).count() <= 2);
        assertTrue(leased.channel().isOpen());
        leased.release();
    }

    @Test
    void acquire_manyThreads_leavesNothingOpen() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<List<OpenFile>>> all = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(this::acquireAndRelease));
            }
            List<OpenFile> seen = new ArrayList<>();
            for (Future<List<OpenFile>> one : all) {
                seen.addAll(one.get());
            }
            files.close();
            assertEquals(
                    0, seen.stream().filter(file -> file.channel().isOpen()).count());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<OpenFile> acquireAndRelease() throws IOException {
        List<OpenFile> seen = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            OpenFile file = files.acquire(i % 4, open());
            assertTrue(file.channel().isOpen());
            seen.add(file);
            file.release();
        }
        return seen;
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path);
    }

    private boolean isMapped() throws IOException {
        return !Mappings.of(path.toString()).isEmpty();
    }
}
