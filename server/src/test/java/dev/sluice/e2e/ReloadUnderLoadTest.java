package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reloads again and again: no request fails, and nothing is left behind. */
final class ReloadUnderLoadTest {
    private static final int RELOADS = 100;
    private static final int CLIENTS = 4;
    private static final Path SELF = Path.of("/proc/self");

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    private static String edition(int number) {
        return """
                sites:
                  - hosts: [localhost]
                    rules:
                      - headers: {set: {X-Edition: "NUMBER"}}
                  - hosts: [calm.example]
                """.replace("NUMBER", String.valueOf(number));
    }

    /** A client that asks until all reloads are over, on one connection. */
    private final class Client implements Callable<Integer> {
        private final String[] paths;
        private final CountDownLatch asking;
        private volatile int edition;
        private int requests;

        Client(CountDownLatch asking, String... paths) {
            this.asking = asking;
            this.paths = paths;
        }

        @Override
        public Integer call() {
            try (RawClient client = server.connect()) {
                for (boolean last = false; !last; ) {
                    last = edition == RELOADS;
                    for (String path : paths) {
                        ask(client, path);
                    }
                    asking.countDown();
                }
            }
            return requests;
        }

        private void ask(RawClient client, String path) {
            RawResponse response = client.request("GET", path).read();
            requests++;
            assertEquals(path.equals("/nothing") ? 404 : 200, response.status(), path);
            if (!path.equals("/nothing")) {
                assertArrayEquals(server.site().content(path), response.body(), path);
            }
            int now = Integer.parseInt(response.field("X-Edition"));
            assertTrue(now >= edition, () -> path + " by edition " + now + " after " + edition);
            edition = now;
        }
    }

    @Test
    void reload_hundredTimesGoodAndBrokenUnderLoad_failsNoRequest() throws Exception {
        server = TestServer.startConfigured(TestSite.standard(), edition(0));
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            CountDownLatch asking = new CountDownLatch(CLIENTS);
            List<Future<Integer>> clients = List.of(
                    threads.submit(new Client(asking, TestSite.SMALL)),
                    threads.submit(new Client(asking, TestSite.SMALL, "/empty.txt", "/dir/page.html")),
                    threads.submit(new Client(asking, TestSite.LARGE, TestSite.SMALL)),
                    threads.submit(new Client(asking, "/nothing", "/index.html")));
            asking.await();
            for (int number = 1; number <= RELOADS; number++) {
                boolean broken = number % 2 == 1;
                JsonNode answer = server.reload(edition(number) + (broken ? "nonsense: 1\n" : ""));
                assertEquals(
                        broken ? 422 : 1 + number / 2,
                        answer.get(broken ? "status" : "generation").asInt());
            }
            for (Future<Integer> client : clients) {
                assertTrue(client.get() > 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Each of a kind of its own: an unknown key, an impossible value, no YAML, a root that is not there. */
    private static String broken(int number) {
        String edition = edition(number);
        return switch (number % 4) {
            case 0 -> edition + "nonsense: 1\n";
            case 1 -> edition + "limits: {idleTimeout: soon}\n";
            case 2 -> edition + "cache: {memory: 1MiB\n";
            default -> edition + "  - {hosts: [other.example], root: nowhere}\n";
        };
    }

    @Test
    void reload_hundredTimesBrokenUnderLoad_keepsTheOldOneAndFailsNoRequest() throws Exception {
        server = TestServer.startConfigured(TestSite.standard(), edition(0));
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            CountDownLatch asking = new CountDownLatch(CLIENTS);
            List<Client> asked = List.of(
                    new Client(asking, TestSite.SMALL),
                    new Client(asking, TestSite.LARGE, TestSite.SMALL),
                    new Client(asking, "/dir/page.html", "/empty.txt"),
                    new Client(asking, "/nothing", "/index.html"));
            List<Future<Integer>> clients = asked.stream().map(threads::submit).toList();
            asking.await();
            for (int number = 1; number <= RELOADS; number++) {
                JsonNode answer = server.reload(broken(number));
                assertEquals(422, answer.get("status").asInt(), answer::toString);
                assertTrue(asked.stream().allMatch(client -> client.edition == 0), "a broken one was taken");
            }
            // A good one ends it.
            assertEquals(2, server.reload(edition(RELOADS)).get("generation").asInt());
            for (Future<Integer> client : clients) {
                assertTrue(client.get() > 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a server that has been reloaded could leave behind. */
    private record Holdings(long descriptors, long watches, int files, long liveBytes) {}

    private Holdings holdings() throws IOException {
        JsonNode cache = server.admin().get("/api/cache");
        return new Holdings(
                count(SELF.resolve("fd"), descriptor -> 1),
                count(SELF.resolve("fdinfo"), ReloadUnderLoadTest::watches),
                cache.get("files").asInt(),
                cache.get("liveBytes").asLong());
    }

    private static long count(Path directory, ToLongFunction<Path> each) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.mapToLong(each).sum();
        }
    }

    private static long watches(Path descriptor) {
        try (Stream<String> lines = Files.lines(descriptor)) {
            return lines.filter(line -> line.startsWith("inotify wd:")).count();
        } catch (IOException | UncheckedIOException closedMeanwhile) {
            return 0;
        }
    }

    @Test
    void reload_fiftyTimesAnotherRoot_leavesNothingBehind() throws Exception {
        TestSite site = TestSite.standard();
        for (int root = 0; root < 10; root++) {
            for (int directory = 0; directory < 5; directory++) {
                site.file("/" + root + "/" + directory + "/f.txt", "f");
            }
        }
        String sites = "sites:\n  - hosts: [localhost]\n  - hosts: [other.example]\n    root: site/";
        server = TestServer.startConfigured(site, sites + 0 + '\n');
        List<Holdings> after = new ArrayList<>();
        try (RawClient client = server.connect()) {
            for (int number = 1; number <= 50; number++) {
                int root = number % 10;
                assertEquals(
                        1 + number,
                        server.reload(sites + root + '\n').get("generation").asInt());
                visit(client);
                after.add(holdings());
            }
        }
        Holdings early = after.get(4);
        Holdings late = after.get(49);
        Supplier<String> both = () -> "early: " + early + ", late: " + late;
        assertEquals(5, late.files());
        assertEquals(early.liveBytes(), late.liveBytes(), both);
        assertTrue(late.watches() > 0 && late.watches() <= early.watches(), both);
        // A connection of the test's own may come or go.
        assertTrue(late.descriptors() <= early.descriptors() + 3, both);
    }

    /** Often enough for the directories to become known. */
    private static void visit(RawClient client) {
        for (int time = 0; time < 6; time++) {
            for (int directory = 0; directory < 5; directory++) {
                String path = "/" + directory + "/f.txt";
                assertEquals(
                        200,
                        client.request("GET", path, "Host: other.example")
                                .read()
                                .status());
                assertEquals(
                        404,
                        client.request("GET", path + ".none" + time, "Host: other.example")
                                .read()
                                .status());
            }
        }
    }
}
