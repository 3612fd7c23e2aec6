package dev.sluice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DescriptorLimitTest {
    @TempDir
    private Path directory;

    private int limit(String text) throws IOException {
        return DescriptorLimit.of(Files.writeString(directory.resolve("limits"), text))
                .descriptors();
    }

    @Test
    void of_limits_isTheSoftOne() throws IOException {
        assertEquals(1024, limit("""
                        Limit                     Soft Limit           Hard Limit           Units
                        Max core file size        0                    unlimited            bytes
                        Max open files            1024                 524288               files
                        Max locked memory         65536                65536                bytes
                        """));
    }

    @Test
    void of_unlimitedOrNothing_isNone() throws IOException {
        assertEquals(
                Integer.MAX_VALUE, limit("Max open files            unlimited            unlimited            files"));
        assertEquals(
                Integer.MAX_VALUE, limit("Max open files            9999999999           9999999999           files"));
        assertEquals(Integer.MAX_VALUE, limit(""));
        assertEquals(
                Integer.MAX_VALUE, DescriptorLimit.of(directory.resolve("none")).descriptors());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ofThisProcess_isSome() {
        assertTrue(DescriptorLimit.ofThisProcess().descriptors() >= 64);
    }

    @Test
    void connections_areHalfOfTheDescriptorsAtMost() {
        assertEquals(10_000, new DescriptorLimit(524_288).connections(10_000, 1));
        assertEquals(512, new DescriptorLimit(1024).connections(10_000, 1));
        assertEquals(256, new DescriptorLimit(1024).connections(10_000, 2));
        assertEquals(100, new DescriptorLimit(1024).connections(100, 2));
        assertEquals(1, new DescriptorLimit(64).connections(100, 64));
    }
}
