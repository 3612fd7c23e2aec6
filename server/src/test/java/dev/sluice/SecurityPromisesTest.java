package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every promise in {@code SECURITY.md} names the tests that show it, and these exist. */
final class SecurityPromisesTest {
    private static final Path SECURITY = Path.of("..", "SECURITY.md");

    @Test
    void promises_all_nameTestsThatExist() throws IOException {
        String text = Files.readString(SECURITY);
        String promised =
                text.substring(text.indexOf("\n## What is promised\n"), text.indexOf("\n## What is not promised\n"));
        assertEquals(List.of(), Promises.in(promised).problems());
        assertTrue(Promises.in(promised).count() > 10, promised);
    }
}
