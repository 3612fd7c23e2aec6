package dev.sluice.site;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While one thread turns directories and files into links to the outside and back, nothing outside is ever returned. */
final class ResolverRaceTest {
    private static final Duration LENGTH = Duration.ofMillis(1_500);

    @TempDir
    Path parent;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private SiteTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new SiteTree(parent);
        tree.file("dir/secret", "inside");
        tree.file("file", "inside");
        tree.link("dir-trap", tree.outside().toString());
        tree.link("file-trap", tree.outside().resolve("secret").toString());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void resolve_whileNamesBecomeLinksOutside_staysInside() throws Exception {
        List<Future<?>> running = new ArrayList<>();
        running.add(threads.submit(this::swap));
        running.add(threads.submit(() -> resolveUntilOver("/dir/secret")));
        running.add(threads.submit(() -> resolveUntilOver("/file")));
        for (Future<?> thread : running) {
            thread.get();
        }

        assertFalse(seen.contains(SiteTree.SECRET), () -> seen.toString());
        // Both faces of the race were met, so it was one.
        assertTrue(seen.contains("inside"), () -> seen.toString());
        assertTrue(seen.contains("missing: symlink-outside"), () -> seen.toString());
    }

    private Void swap() throws IOException {
        long deadline = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() < deadline) {
            exchange("dir", "dir-trap");
            exchange("file", "file-trap");
        }
        over.set(true);
        return null;
    }

    private void exchange(String name, String other) throws IOException {
        Path root = tree.root();
        Files.move(root.resolve(name), root.resolve("aside"), ATOMIC_MOVE);
        Files.move(root.resolve(other), root.resolve(name), ATOMIC_MOVE);
        Files.move(root.resolve("aside"), root.resolve(other), ATOMIC_MOVE);
    }

    private Void resolveUntilOver(String path) throws Exception {
        Resolver resolver = tree.resolver(SymlinkPolicy.INSIDE);
        while (!over.get()) {
            seen.add(SiteTree.find(resolver, path));
        }
        return null;
    }
}
