package dev.sluice.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** What is mapped in this process (proc(5)). */
public final class Mappings {
    private Mappings() {}

    /** The lines about files whose path contains this, each with its addresses. */
    public static Set<String> of(String path) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.contains(path))
                .collect(Collectors.toSet());
    }
}
