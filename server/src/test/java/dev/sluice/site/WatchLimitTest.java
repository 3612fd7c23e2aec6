package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchLimitTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"8192, 4096", "1048576, 16384", "9223372036854775807, 16384", "0, 0", "many, 16384"})
    void of_granted_isHalfOfThatAtTheMost(String granted, int most) throws IOException {
        assertEquals(most, WatchLimit.of(Files.writeString(folder.resolve("granted"), granted + '\n')));
    }

    @Test
    void of_unknown_isTheMost() {
        assertEquals(16_384, WatchLimit.of(folder.resolve("none")));
    }

    @Test
    void ofThisSystem_linux_isHalfOfItsGrant() throws IOException {
        Path granted = Path.of("/proc/sys/fs/inotify/max_user_watches");
        assumeTrue(Files.exists(granted));
        try (InputStream in = Files.newInputStream(granted)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();

            assertEquals(Math.min(16_384, Long.parseLong(text) / 2), WatchLimit.ofThisSystem());
        }
    }
}
