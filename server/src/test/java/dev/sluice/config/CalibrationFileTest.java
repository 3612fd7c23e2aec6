package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationFileTest {
    private static final CalibrationSettings FOUND =
            new CalibrationSettings(ByteSize.ofKibibytes(128), null, ByteSize.ofMebibytes(16));

    private static final String GROUP = """
            calibration:
              # Written by sluice calibrate, for the keys that say auto.
              maxFileSize: 128KiB
              sendfileChunk: none
              directMinSize: 16MiB
            """;

    @TempDir
    private Path directory;

    private String written(String before) throws Exception {
        Path file = Files.writeString(directory.resolve("site.yaml"), before);
        CalibrationFile.open(Path.of("site.yaml"), directory).write(FOUND);
        return Files.readString(file);
    }

    @Test
    void write_fileWithoutTheGroup_appendsItAndKeepsTheRest() throws Exception {
        String before = "# My site.\ncache:   # of a small machine\n  memory: 64MiB\n\n# The end.\n";

        assertEquals(before + "\n" + GROUP, written(before));
    }

    @Test
    void write_fileWithoutALastLineEnd_getsOne() throws Exception {
        assertEquals("cache: {memory: 64MiB}\n\n" + GROUP, written("cache: {memory: 64MiB}"));
    }

    @Test
    void write_emptyFile_isTheGroup() throws Exception {
        assertEquals(GROUP, written(""));
    }

    @Test
    void write_earlierGroup_isReplacedWhereItStands() throws Exception {
        String before = "io:\n  workers: 4\n\n";
        String after = "\n# About the cache.\ncache:\n  memory: 64MiB\n";
        String old = "calibration:\n  # old\n  maxFileSize: 1KiB\n\n  directMinSize: 1MiB\n";

        assertEquals(before + GROUP + after, written(before + old + after));
    }

    @Test
    void write_twice_isTheSame() throws Exception {
        String once = written("cache: {memory: 64MiB}\n");

        assertEquals(once, written(once));
    }

    @Test
    void write_linesEndedByCrLf_keepsThoseOfTheRest() throws Exception {
        assertEquals("cache:\r\n  memory: 64MiB\r\n\n" + GROUP, written("cache:\r\n  memory: 64MiB\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{cache: {memory: 64MiB}}\n",
                "- a\n- b\n",
                "cache: [\n",
                "cache:\n  memory: 64MiB\n...\n",
                "  io:\n    workers: 4\n"
            })
    void open_cannotBeEdited_isRefusedAndLeftAlone(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("site.yaml"), text);

        ConfigurationException e =
                assertThrows(ConfigurationException.class, () -> CalibrationFile.open(Path.of("site.yaml"), directory));

        assertEquals(
                List.of("site.yaml: cannot be edited (expected: a YAML mapping with each key at the start of a line)"),
                e.problems());
        assertEquals(text, Files.readString(file));
    }

    @Test
    void write_linkToAReadOnlyFile_keepsLinkAndPermissions() throws Exception {
        Path real = Files.writeString(directory.resolve("real.yaml"), "cache: {memory: 64MiB}\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("r--r-----"));
        Path link = Files.createSymbolicLink(directory.resolve("site.yaml"), real);

        CalibrationFile.open(Path.of("site.yaml"), directory).write(FOUND);

        assertTrue(Files.isSymbolicLink(link));
        assertEquals("r--r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
        assertTrue(Files.readString(real).endsWith(GROUP));
    }

    @Test
    void load_autoWithAGroup_isWhatWasMeasured() throws Exception {
        Path file = Files.writeString(directory.resolve("site.yaml"), GROUP + "io: {directMinSize: auto}\n");

        Configuration configuration = load(file);

        assertEquals(ByteSize.ofKibibytes(128), configuration.cache().maxFileSize());
        assertEquals(ByteSize.ofMebibytes(8), configuration.io().sendfileChunk());
        assertEquals(ByteSize.ofMebibytes(16), configuration.io().directMinSize());
        assertEquals(FOUND, configuration.calibration());
    }

    @Test
    void load_valuesOfTheirOwn_winOverWhatWasMeasured() throws Exception {
        Path file = Files.writeString(
                directory.resolve("site.yaml"), GROUP + "cache: {maxFileSize: 1MiB}\nio: {directMinSize: off}\n");

        Configuration configuration = load(file);

        assertEquals(ByteSize.ofMebibytes(1), configuration.cache().maxFileSize());
        assertEquals(null, configuration.io().directMinSize());
    }

    /** Huge files are read past the page cache only where somebody says so. */
    @Test
    void load_directMinSizeNotGiven_isOffWhateverWasMeasured() throws Exception {
        assertEquals(
                null,
                load(Files.writeString(directory.resolve("site.yaml"), GROUP))
                        .io()
                        .directMinSize());
    }

    private Configuration load(Path file) throws ConfigurationException {
        return new ConfigurationLoader(directory, Map.of()).load(file, List.of(), List.of());
    }
}
