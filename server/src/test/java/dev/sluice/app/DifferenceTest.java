package dev.sluice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
    @TempDir
    private Path directory;

    private Configuration load(String yaml) throws IOException, ConfigurationException {
        Path file = Files.writeString(directory.resolve("sluice.yaml"), yaml);
        return new ConfigurationLoader(directory, Map.of()).load(file, List.of(), List.of());
    }

    /** Sites by their hosts; one in capitals is the same with a listing. */
    private static String sites(String names) {
        StringBuilder yaml = new StringBuilder("sites:\n");
        for (int i = 0; i < names.length(); i++) {
            char name = names.charAt(i);
            yaml.append("  - hosts: [").append(Character.toLowerCase(name)).append(".example]\n");
            yaml.append(Character.isUpperCase(name) ? "    listing: html\n" : "");
        }
        return yaml.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "ab, ab, ''",
        "ab, aB, sites[1]",
        "ab, abc, sites[2]",
        "ab, cab, sites[0]",
        "abc, ac, sites",
        "abc, aC, sites[1] sites",
        "ab, ba, sites",
        "ab, ac, sites[1]",
        "a, b, sites[0]",
    })
    void changed_sites_areNamedByTheirPlaceNow(String before, String after, String changed)
            throws IOException, ConfigurationException {
        Difference difference = Difference.between(load(sites(before)), load(sites(after)));

        assertEquals(changed, String.join(" ", difference.changed()));
        assertEquals(List.of(), difference.needsRestart());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            admin       | {listen: "off"}
            cache       | {revalidate: 3s}
            io          | {workers: 3}
            limits      | {connections: 3}
            accessLog   | {format: json}
            calibration | {maxFileSize: none, sendfileChunk: none, directMinSize: 1GiB}
            """)
    void needsRestart_groupThatIsReadAtTheStart_isNamed(String group, String value)
            throws IOException, ConfigurationException {
        Difference difference = Difference.between(load(sites("a")), load(sites("a") + group + ": " + value + "\n"));

        assertEquals(List.of(group), difference.needsRestart());
        assertEquals(List.of(), difference.changed());
    }

    @Test
    void changed_listener_isNamed() throws IOException, ConfigurationException {
        Difference difference = Difference.between(load(sites("a")), load(sites("a") + "listeners: [{port: 1}]\n"));

        assertEquals(List.of("listeners"), difference.changed());
        assertEquals(List.of(), difference.needsRestart());
    }

    @Test
    void unchanged_whatCouldBeChanged_isNamed() throws IOException, ConfigurationException {
        Difference difference =
                Difference.between(load(sites("ab")), load(sites("aB") + "compression: {enabled: false}\n"));

        assertEquals(List.of("sites[1]", "compression"), difference.changed());
        assertEquals(List.of("sites[0]", "listeners", "serverTiming"), difference.unchanged());
    }
}
