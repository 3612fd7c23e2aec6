package dev.sluice.soak;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.sluice.fault.VersionedBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A site as it is deployed: the root is a link, switched from one complete release to the next. */
final class Releases {
    static final int HOT_FILES = 64;
    static final int TEXTS = 16;
    static final String LARGE = "/large.bin";
    static final long LARGE_FILE = 1_000;
    static final int LARGE_LINES = (8 << 20) / VersionedBody.LINE;

    /** Whoever still looks for a file in a release must not lose it: so many are kept. */
    private static final int KEPT = 3;

    private static final long FIRST_TEXT = 100;

    private final Path folder;
    private long version;

    Releases(Path folder) throws IOException {
        this.folder = folder;
        deploy();
    }

    Path root() {
        return folder.resolve("current");
    }

    static String hot(int file) {
        return "/hot/" + file + ".bin";
    }

    static String text(int number) {
        return "/text/" + number + ".txt";
    }

    /** The file that the body of a text names. */
    static long textFile(int number) {
        return FIRST_TEXT + number;
    }

    /** Makes the next release, switches to it, and deletes an old one. */
    void deploy() throws IOException {
        version++;
        Path release = release(version);
        Files.createDirectories(release.resolve("hot"));
        Files.createDirectories(release.resolve("text"));
        for (int file = 0; file < HOT_FILES; file++) {
            // 64 bytes to 32 KiB, and other lengths in each release.
            int lines = 1 + (int) ((file * 37L + version * 11) % 512);
            write(release, hot(file), VersionedBody.of(file, version, lines));
        }
        for (int number = 0; number < TEXTS; number++) {
            int lines = 50 + (int) ((number * 29L + version) % 200);
            write(release, text(number), TextBody.of(textFile(number), version, lines));
        }
        write(release, LARGE, VersionedBody.of(LARGE_FILE, version, LARGE_LINES));
        Path next = Files.createSymbolicLink(folder.resolve("next"), release);
        Files.move(next, root(), ATOMIC_MOVE, REPLACE_EXISTING);
        delete(release(version - KEPT));
    }

    long deployed() {
        return version;
    }

    private Path release(long number) {
        return folder.resolve("release-" + number);
    }

    /** With a time that says that nobody is writing it any more. */
    private static void write(Path release, String path, byte[] body) throws IOException {
        Path file = Files.write(release.resolve(path.substring(1)), body);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private static void delete(Path release) throws IOException {
        if (!Files.isDirectory(release)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> found = Files.walk(release)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
