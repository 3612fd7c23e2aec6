package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ConfigurationFuzzTest {
    private static Path folder;

    @BeforeAll
    static void make() throws IOException {
        folder = Files.createTempDirectory("sluice-fuzz");
    }

    @AfterAll
    static void remove() throws IOException {
        Files.deleteIfExists(folder.resolve("sluice.yaml"));
        Files.delete(folder);
    }

    @FuzzTest(maxDuration = "10m")
    void load_anyOctets_isAConfigurationOrProblemsOfALineEach(byte[] octets) throws IOException {
        Path file = Files.write(folder.resolve("sluice.yaml"), octets);
        try {
            new ConfigurationLoader(folder, Map.of()).load(file, List.of(), List.of());
        } catch (ConfigurationException refused) {
            assertFalse(refused.problems().isEmpty());
            for (String problem : refused.problems()) {
                assertFalse(problem.isBlank() || problem.chars().anyMatch(c -> c < ' '), problem);
            }
        }
    }
}
