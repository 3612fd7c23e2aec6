package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalLookTest {
    private static final FileTime THEN = FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123_456_789));

    @TempDir
    Path folder;

    private final LocalLook look = new LocalLook();
    private Path place;
    private FileFacts before;

    @BeforeEach
    void write() throws IOException {
        place = write("f", "one");
        before = facts(place);
    }

    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setLastModifiedTime(file, THEN);
        return file;
    }

    private static FileFacts facts(Path file) throws IOException {
        return FileFacts.of(Files.readAttributes(file, BasicFileAttributes.class));
    }

    @Test
    void confirms_untouched_isTrue() {
        assertTrue(look.confirms(place, before));
        assertTrue(look.confirms(place, before), "known file system");
    }

    @Test
    void confirms_otherSize_isFalse() throws IOException {
        write("f", "longer");

        assertFalse(look.confirms(place, before));
    }

    @Test
    void confirms_otherTime_isFalse() throws IOException {
        Files.setLastModifiedTime(place, FileTime.from(THEN.toInstant().plusNanos(1_000)));

        assertFalse(look.confirms(place, before));
    }

    @Test
    void confirms_replacedByAnotherOfTheSameSizeAndTime_isFalse() throws IOException {
        Files.move(write("g", "two"), place, StandardCopyOption.REPLACE_EXISTING);

        assertEquals(before.modified(), facts(place).modified());
        assertFalse(look.confirms(place, before));
    }

    @Test
    void confirms_gone_isFalse() throws IOException {
        Files.delete(place);

        assertFalse(look.confirms(place, before));
    }

    /** On a network file system a look alone does not do; here sysfs stands for it, of which nothing is known either. */
    @Test
    void confirms_onAFileSystemThatOthersMayWrite_isFalse() throws IOException {
        Path foreign = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        assumeTrue(Files.exists(foreign), "no sysfs here");
        FileFacts facts = facts(foreign);
        assertEquals(facts, facts(foreign));

        assertFalse(look.confirms(foreign, facts));
    }
}
