package dev.sluice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineMemoryTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path root;

    @BeforeEach
    void plantAMachineOfOneGibibyte() throws IOException {
        write("proc/meminfo", "MemTotal:        1048576 kB\nMemFree:          100000 kB\n");
    }

    @Test
    void bytes_noGroups_isTheMachines() {
        assertEquals(1024 * MIB, bytes());
    }

    @Test
    void bytes_groupOfVersionTwo_isItsLimit() throws IOException {
        write("proc/self/cgroup", "0::/app\n");
        write("sys/fs/cgroup/app/memory.max", 256 * MIB + "\n");

        assertEquals(256 * MIB, bytes());
    }

    @Test
    void bytes_groupWithoutLimitInOneWithALimit_isTheOuterLimit() throws IOException {
        write("proc/self/cgroup", "0::/slice/app\n");
        write("sys/fs/cgroup/slice/app/memory.max", "max\n");
        write("sys/fs/cgroup/slice/memory.max", 128 * MIB + "\n");

        assertEquals(128 * MIB, bytes());
    }

    @Test
    void bytes_containerThatSeesItsGroupAsTheRoot_isTheLimitThere() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("sys/fs/cgroup/memory.max", 64 * MIB + "\n");

        assertEquals(64 * MIB, bytes());
    }

    @Test
    void bytes_groupOutsideOfWhatIsMounted_isTheMachines() throws IOException {
        write("proc/self/cgroup", "0::/../../elsewhere\n");
        write("memory.max", "1\n");

        assertEquals(1024 * MIB, bytes());
    }

    @Test
    void bytes_groupOfVersionOne_isItsLimit() throws IOException {
        write("proc/self/cgroup", "8:cpu,cpuacct:/app\n9:memory:/app\n0::/other\n");
        write("sys/fs/cgroup/memory/app/memory.limit_in_bytes", 32 * MIB + "\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertEquals(32 * MIB, bytes());
    }

    @Test
    void bytes_limitBeyondTheMachine_isTheMachines() throws IOException {
        write("proc/self/cgroup", "0::/app\n");
        write("sys/fs/cgroup/app/memory.max", 4096 * MIB + "\n");

        assertEquals(1024 * MIB, bytes());
    }

    @Test
    void bytes_nothingToRead_isAGuess() {
        assertTrue(new MachineMemory(root.resolve("none")).bytes() > 0);
    }

    private long bytes() {
        return new MachineMemory(root).bytes();
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
