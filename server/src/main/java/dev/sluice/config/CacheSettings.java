package dev.sluice.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The hot set: small bodies held in mapped regions.
 *
 * @param memory the most bytes of regions; 0 switches the hot set off; see {@link #memoryBytes}
 * @param maxFileSize the largest file that is admitted
 * @param directory the directory in which region files are kept over restarts, absolute; null has them made in shared memory, or the JVM's
 *     temporary directory, and go with the process
 * @param revalidate how old the facts about a file may grow before it is looked at again, if it is not watched
 * @param watch whether the directories of hot files are watched; left to the server, they are where all changes go through
 *     this machine's kernel
 */
public record CacheSettings(
        AutoOr<ByteSize> memory,
        ByteSize maxFileSize,

        @Nullable @JsonSerialize(using = ToStringSerializer.class)
        Path directory,

        @JsonSerialize(using = DurationSerializer.class) Duration revalidate,
        AutoOr<Boolean> watch) {

    private static final ByteSize MOST_BY_DEFAULT = ByteSize.ofGibibytes(1);
    private static final int SHARE_OF_MACHINE = 8;

    static CacheSettings defaults() {
        return new CacheSettings(
                new AutoOr.Auto<>(), ByteSize.ofKibibytes(256), null, Duration.ofSeconds(1), new AutoOr.Auto<>());
    }

    /**
     * The bytes of regions to use. {@code auto} is an eighth of the machine's memory, at most 1 GiB: mapped pages
     * compete with the page cache, from which everything larger is served.
     *
     * @param machineMemory the machine's memory in bytes, or the container's limit
     * @return the most bytes of regions; 0 for no hot set
     */
    public long memoryBytes(long machineMemory) {
        return memory.orElseGet(() -> new ByteSize(Math.min(machineMemory / SHARE_OF_MACHINE, MOST_BY_DEFAULT.bytes())))
                .bytes();
    }
}
