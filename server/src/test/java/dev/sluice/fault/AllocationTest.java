package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the I/O thread allocates for a request of a hot file, as the JVM counts it: the record, and little besides. */
@Timeout(60)
final class AllocationTest {
    private static final int REQUESTS = 20_000;

    /** What was seen is 528; before the compiler has seen what does not leave its method it is more. */
    private static final long MOST_BYTES = 1 << 10;

    @TempDir
    Path root;

    @BeforeEach
    void plant() throws IOException {
        Path file = Files.write(root.resolve("hot"), new byte[1 << 10]);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    @Test
    void get_ofAHotFile_allocatesLittle() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (EngineServer server = EngineServer.start(root);
                RawConnection client = server.connect()) {
            for (int i = 0; i < REQUESTS; i++) {
                client.get("/hot");
            }
            long handled = server.handled();
            long before = allocatedByIoThreads(threads);
            for (int i = 0; i < REQUESTS; i++) {
                client.get("/hot");
            }
            long bytes = (allocatedByIoThreads(threads) - before) / REQUESTS;

            System.out.println("allocated for a request of a hot file: " + bytes + " bytes");
            assertEquals(handled, server.handled());
            assertTrue(bytes > 0 && bytes < MOST_BYTES, () -> "allocated: " + bytes + " bytes a request");
        }
    }

    private static long allocatedByIoThreads(ThreadMXBean threads) {
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().contains("I/O")) {
                sum += threads.getThreadAllocatedBytes(id);
            }
        }
        return sum;
    }
}
