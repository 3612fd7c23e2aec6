package dev.sluice.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.InstalledTool;
import dev.sluice.e2e.Await;
import dev.sluice.fault.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers behind the HAProxy of {@code conf/haproxy}, and what happens to requests when something happens to one of them. */
@Tag("once")
@Timeout(300)
final class FleetIT {
    private static final int FILM_SIZE = 4 << 20;

    /** More than what lies between a client that does not read and a server two hops away. */
    private static final int LONG_FILM_SIZE = 48 << 20;

    private static final int SOME = 50;

    @TempDir
    private Path folder;

    private Fleet fleet;
    private HaProxy proxy;

    @BeforeEach
    void setUp() {
        InstalledTool.required("haproxy");
    }

    @AfterEach
    void tearDown() {
        if (proxy != null) {
            proxy.close();
        }
        if (fleet != null) {
            fleet.close();
        }
    }

    private void start(Release... releases) throws Exception {
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < releases.length; i++) {
            folders.add(releases[i].writeTo(folder.resolve("release" + (i + 1))));
        }
        fleet = new Fleet(folder, folders);
        proxy = HaProxy.start(folder, fleet);
    }

    private void report(String what, Visitors visitors) {
        System.out.println(
                "fleet: " + what + ": " + visitors + "; HAProxy turned to another server " + proxy.turns() + " times");
    }

    @Test
    void restart_ofEachUnderLoad_failsNoRequest() throws Exception {
        Release release = new Release(1, FILM_SIZE);
        start(release);
        try (Visitors visitors = new Visitors(proxy.port(), List.of(release))) {
            for (String name : Fleet.NAMES) {
                visitors.awaitAnswers(name, SOME);
                fleet.stop(name);
                fleet.start(name);
                proxy.await(name, "UP");
                visitors.awaitAnswers(name, SOME);
            }
            visitors.stop();
            report("rolling restart", visitors);

            assertEquals(List.of(), visitors.failures());
            assertTrue(visitors.asked() >= 2L * SOME * Fleet.NAMES.size(), visitors::toString);
        }
    }

    /** Each of them is in the middle of a download. That of the one that is killed is finished from another. */
    @Test
    void kill_ofOneUnderLoad_failsOnlyWhatItWasSendingAndThatIsResumedElsewhere() throws Exception {
        Release release = new Release(1, LONG_FILM_SIZE);
        start(release);
        byte[] film = release.content(Release.FILM);
        try (Visitors visitors = new Visitors(proxy.port(), List.of(release));
                Download first = new Download(proxy.port());
                Download second = new Download(proxy.port());
                Download third = new Download(proxy.port())) {
            String killed = first.replica();
            visitors.awaitAnswers(killed, SOME);

            fleet.kill(killed);
            proxy.await(killed, "DOWN");
            for (String name : Fleet.NAMES) {
                if (!name.equals(killed)) {
                    visitors.awaitAnswers(name, SOME);
                }
            }
            visitors.stop();
            report("one killed", visitors);

            assertTrue(visitors.failures().size() <= Visitors.COUNT, visitors.failures()::toString);
            for (Visitor.Visit failure : visitors.failures()) {
                assertEquals(killed, failure.replica(), failure::toString);
            }
            assertResumed(film, first);
            for (Download other : List.of(second, third)) {
                if (!other.replica().equals(killed)) {
                    assertArrayEquals(film, other.goOn());
                }
            }
        }
    }

    private static void assertResumed(byte[] film, Download download) throws IOException {
        byte[] got = download.goOn();
        assertTrue(got.length < film.length, "nothing was cut off");
        RawConnection.Response rest = download.resume();
        assertEquals(206, rest.status());
        assertNotEquals(download.replica(), rest.head().field("x-replica"));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(got);
        whole.writeBytes(rest.body());
        assertArrayEquals(film, whole.toByteArray());
    }

    @Test
    void release_newerOnOneUnderLoad_failsNoRequestAndMixesNothing() throws Exception {
        Release old = new Release(1, FILM_SIZE);
        Release next = new Release(2, FILM_SIZE);
        start(old, next);
        try (Visitors visitors = new Visitors(proxy.port(), List.of(old, next))) {
            for (String name : Fleet.NAMES) {
                visitors.awaitAnswers(name, SOME);
                fleet.serve(name, "release2");
                for (String each : Fleet.NAMES) {
                    visitors.awaitAnswers(each, SOME);
                }
            }
            visitors.stop();
            report("a newer release on one, two and three", visitors);

            assertEquals(List.of(), visitors.failures());
            assertTrue(visitors.answers(304) > 0 && visitors.answers(206) > 0, visitors::toString);
        }
        for (String name : Fleet.NAMES) {
            Await.present(
                    "the new release of " + name,
                    () -> served(name, "/page1.html").filter(body -> Arrays.equals(body, next.content("/page1.html"))));
        }
    }

    private Optional<byte[]> served(String name, String path) {
        try (RawConnection own = new RawConnection(fleet.port(name))) {
            return Optional.of(own.get(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void validators_ofCopiesWithTheirTimes_holdAtEachServer() throws Exception {
        Release release = new Release(1, FILM_SIZE);
        start(release);
        for (String path : release.paths()) {
            RawConnection.Head first;
            try (RawConnection connection = new RawConnection(fleet.port("a"))) {
                first = connection.get(path).head();
            }
            String tag = first.field("etag");
            assertNotNull(tag, path);
            for (String name : Fleet.NAMES) {
                try (RawConnection connection = new RawConnection(fleet.port(name))) {
                    assertEquals(
                            304, connection.get(path, "If-None-Match: " + tag).status(), path);
                    assertEquals(
                            304,
                            connection
                                    .get(path, "If-Modified-Since: " + first.field("last-modified"))
                                    .status(),
                            path);
                    RawConnection.Response part = connection.get(path, "Range: bytes=9-20", "If-Range: " + tag);
                    assertEquals(206, part.status(), path);
                    assertEquals(tag, part.head().field("etag"));
                    assertEquals(first.field("last-modified"), part.head().field("last-modified"));
                }
            }
        }
    }
}
