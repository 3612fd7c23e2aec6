package dev.sluice.e2e;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Somebody who may write into the root turns files and folders into links that lead out of it and back, as fast as he can, for a
 * minute, while they are asked for: small ones, which are held, and one that is too large for that.
 */
@Tag("once")
class LinkRaceIT {
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final String SECRET = "not for the world";
    private static final int LARGE = 2 << 20;

    private static final List<String> PATHS =
            List.of("/file.txt", "/dir/file.txt", "/dir/deep/file.txt", "/large.bin", "/dir/");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, LongAdder> seen = new ConcurrentHashMap<>();
    private volatile boolean over;

    @AfterEach
    void stop() {
        over = true;
        threads.shutdownNow();
    }

    @Test
    void get_whileNamesBecomeLinksOut_neverLeadsThere() throws Exception {
        TestSite site = TestSite.empty()
                .file("/file.txt", "inside")
                .file("/dir/file.txt", "inside")
                .file("/dir/index.html", "inside")
                .file("/dir/deep/file.txt", "inside")
                .file("/large.bin", "i".repeat(LARGE));
        for (String name : List.of("file.txt", "deep/file.txt", "index.html")) {
            TestSite.write(site.outside().resolve(name), octets(SECRET), site.modified());
        }
        TestSite.write(site.outside().resolve("large.bin"), octets(SECRET.repeat(LARGE / 10)), site.modified());
        site.link("/file-trap", site.outside().resolve("file.txt"))
                .link("/dir-trap", site.outside())
                .link("/large-trap", Path.of("../outside/large.bin"));

        // The first is watched and held as long as nothing changes, the second looked at with each request.
        try (TestServer watching = TestServer.start(site);
                TestServer looking = TestServer.start(site, "cache.watch=false", "cache.revalidate=10ms")) {
            List<Future<?>> running = new ArrayList<>();
            running.add(threads.submit(() -> exchange(site)));
            for (TestServer server : List.of(watching, looking)) {
                for (int i = 0; i < 2; i++) {
                    running.add(threads.submit(() -> ask(server)));
                }
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertEquals(Set.of("200", "404"), withoutPassing(seen.keySet()), seen::toString);
        assertTrue(seen.get("200").sum() > 1_000 && seen.get("404").sum() > 100, seen::toString);
    }

    /** A file that has just been put there may be asked to wait for. */
    private static Set<String> withoutPassing(Set<String> statuses) {
        Set<String> others = ConcurrentHashMap.newKeySet();
        others.addAll(statuses);
        others.remove("503");
        return others;
    }

    private Void exchange(TestSite site) throws IOException {
        long end = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() < end) {
            exchange(site.root(), "file.txt", "file-trap");
            exchange(site.root(), "dir", "dir-trap");
            exchange(site.root(), "large.bin", "large-trap");
        }
        over = true;
        return null;
    }

    private static void exchange(Path root, String name, String other) throws IOException {
        Files.move(root.resolve(name), root.resolve("aside"), ATOMIC_MOVE);
        Files.move(root.resolve(other), root.resolve(name), ATOMIC_MOVE);
        Files.move(root.resolve("aside"), root.resolve(other), ATOMIC_MOVE);
    }

    private Void ask(TestServer server) {
        try (RawClient client = server.connect()) {
            while (!over) {
                for (String path : PATHS) {
                    RawResponse response = client.request("GET", path).read();
                    boolean inside = response.status() != 200
                            || response.text().equals("inside")
                            || response.text().equals("i".repeat(LARGE));
                    assertTrue(inside, () -> path + ": " + response.text().substring(0, 20));
                    seen.computeIfAbsent(String.valueOf(response.status()), unknown -> new LongAdder())
                            .increment();
                }
            }
        }
        return null;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
