package dev.sluice.e2e;

import dev.sluice.archive.ZipBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * A website in a temporary folder. Its files are a minute old, so that the server, which lets young files settle, takes
 * them at once.
 */
public final class TestSite implements AutoCloseable {
    static final String SMALL = "/small.txt";
    static final String LARGE = "/large.bin";

    /** Several times the largest file that is kept in the hot set, and the sendfile chunk and a bit. */
    static final int LARGE_SIZE = (1 << 20) + 4321;

    private final Path folder;
    private final Instant aMinuteAgo =
            Instant.now().minus(Duration.ofMinutes(1)).truncatedTo(ChronoUnit.SECONDS);

    private TestSite(Path folder) {
        this.folder = folder;
    }

    public static TestSite empty() {
        try {
            TestSite site = new TestSite(Files.createTempDirectory("sluice-e2e"));
            Files.createDirectory(site.root());
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A site whose root is an archive. */
    static TestSite archive(ZipBytes zip) {
        TestSite site = empty();
        try {
            Files.delete(site.root());
            zip.to(site.root());
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A site with a small file for the hot set, a large one for sendfile, an empty one, and an index page. */
    static TestSite standard() {
        return empty().file(SMALL, "The small file, for the hot set.\n")
                .file(LARGE, noise(LARGE_SIZE))
                .file("/empty.txt", "")
                .file("/index.html", "<!doctype html><title>home</title>")
                .file("/dir/index.html", "<!doctype html><title>dir</title>")
                .file("/dir/page.html", "<!doctype html><title>page</title>");
    }

    /** Bytes without a pattern, the same for the same length: a shifted or repeated part shows. */
    public static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    public Path root() {
        return folder.resolve("site");
    }

    /** A place outside the root, removed with it. */
    Path outside() {
        return folder.resolve("outside");
    }

    /** Where a path of the site lies. */
    public Path at(String path) {
        return root().resolve(path.substring(1));
    }

    public Instant modified() {
        return aMinuteAgo;
    }

    public TestSite file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public TestSite file(String path, byte[] content) {
        write(at(path), content, aMinuteAgo);
        return this;
    }

    /** Puts a new version in a file's place, complete from the first moment, with a time stamp of its own. */
    void replace(String path, String text, Instant modified) {
        replace(path, text.getBytes(StandardCharsets.UTF_8), modified);
    }

    public void replace(String path, byte[] content, Instant modified) {
        Path next = folder.resolve("next");
        write(next, content, modified);
        try {
            Files.move(next, at(path), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestSite link(String path, Path target) {
        try {
            Files.createDirectories(at(path).getParent());
            Files.createSymbolicLink(at(path), target);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] content(String path) {
        try {
            return Files.readAllBytes(at(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, byte[] content, Instant modified) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.from(modified));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (Files.notExists(folder)) {
            // Two servers may serve one site, and each closes it.
            return;
        }
        try {
            Files.walkFileTree(folder, new Remover());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a tree without following its links. */
    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
