package dev.sluice.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MountsTest {
    private static final String ROOT = "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw";
    private static final String DATA = "40 22 254:1 / /srv/my\\040data rw,relatime - ext4 /dev/vdb rw";

    @TempDir
    Path directory;

    private Path list;

    @BeforeEach
    void write() throws IOException {
        list = directory.resolve("mountinfo");
        write(ROOT);
    }

    private void write(String... lines) throws IOException {
        Files.write(list, List.of(lines));
    }

    @Test
    void changed_nothing_isEmpty() {
        assertEquals(Set.of(), new Mounts(list).changed());
    }

    @Test
    void changed_mountedAndUnmounted_tellsOfThePlaceOnceEach() throws IOException {
        Mounts mounts = new Mounts(list);

        write(ROOT, DATA);
        assertEquals(Set.of(Path.of("/srv/my data")), mounts.changed());
        assertEquals(Set.of(), mounts.changed());
        write(ROOT);
        assertEquals(Set.of(Path.of("/srv/my data")), mounts.changed());
    }

    @ParameterizedTest
    @CsvSource({
        "40 22, 41 22", // another number
        "254:1 /, 254:0 /releases/2", // the number of the one before
    })
    void changed_anotherOneAtTheSamePlace_isTold(String was, String is) throws IOException {
        write(ROOT, DATA);
        Mounts mounts = new Mounts(list);

        write(ROOT, DATA.replace(was, is));
        assertEquals(Set.of(Path.of("/srv/my data")), mounts.changed());
    }

    @Test
    void changed_besideANameThatIsNoText_isTold() throws IOException {
        Mounts mounts = new Mounts(list);
        Files.write(
                list,
                ("41 22 0:9 / /srv/\u00e4 rw - tmpfs none rw\n" + ROOT + "\n" + DATA + "\n")
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertTrue(mounts.changed().contains(Path.of("/srv/my data")));
    }

    @Test
    void changed_noList_isEmpty() throws IOException {
        assertEquals(Set.of(), new Mounts(directory.resolve("none")).changed());
    }
}
