package dev.sluice.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered on the fast path is what the handler would have answered, and nothing else is. */
@Timeout(60)
final class FastPathTest {
    /** More than the buffers of any socket take. */
    private static final int LARGE = 12 << 20;

    private static final Duration STANDS_STILL = Duration.ofMillis(600);

    private static final String GET = "GET /hot HTTP/1.1\r\nHost: test\r\n\r\n";

    @TempDir
    Path root;

    private EngineServer server;
    private RawConnection client;

    @BeforeEach
    void start() throws IOException {
        write("hot", 1 << 10, 1);
        write("other", 2 << 10, 1);
        write("large", LARGE, 1);
        Files.write(root.resolve("empty"), new byte[0]);
        start(EngineServer.Setup.standard().withMaxFileSize(LARGE));
    }

    private void start(EngineServer.Setup setup) throws IOException {
        server = EngineServer.start(root, setup);
        client = server.connect();
        // Until it is hot, and its fields are known.
        client.get("/hot");
        client.get("/hot");
        assertEquals(2, server.handled());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.awaitIdle();
        server.close();
    }

    @Test
    void get_likeOneBefore_isAnsweredAsByTheHandler() throws Exception {
        RawConnection.Response handled = client.get("/hot", "User-Agent: one");
        RawConnection.Response fast = client.get("/hot", "User-Agent: one");

        assertEquals(3, server.handled());
        assertEquals(200, fast.status());
        assertEquals(withoutDate(handled), withoutDate(fast));
        assertArrayEquals(handled.body(), fast.body());
        assertTrue(Duration.between(date(fast), Instant.now()).abs().compareTo(Duration.ofSeconds(10)) < 0);
    }

    @Test
    void get_likeOneBefore_isRecordedAsByTheHandler() throws Exception {
        client.get("/hot", "User-Agent: one", "Referer: two");
        client.get("/hot", "User-Agent: one", "Referer: two");
        Await.until(() -> server.records("/hot").size() == 4);

        List<Served> records = server.records("/hot");
        assertEquals(3, server.handled());
        assertEquals(comparable(records.get(1)), comparable(records.get(0)));
        assertEquals("one", records.get(0).userAgent());
        assertEquals("two", records.get(0).referer());
        assertEquals(IoPath.MMAP, records.get(0).observed());
        assertEquals(1 << 10, records.get(0).bytes());
        assertEquals(0, records.get(0).userCopiedBytes());
        assertNotEquals(records.get(1).id(), records.get(0).id());
    }

    @Test
    void get_ofAnotherHotFile_isAnsweredToo() throws Exception {
        client.get("/other");
        long handled = server.handled();

        assertArrayEquals(
                Files.readAllBytes(root.resolve("other")), client.get("/other").body());
        assertArrayEquals(
                Files.readAllBytes(root.resolve("hot")), client.get("/hot").body());
        assertEquals(handled, server.handled());
    }

    @Test
    void get_onAnotherConnection_isAnsweredOnceItsThreadKnowsTheFields() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawConnection another = server.connect()) {
                assertEquals(1 << 10, another.get("/hot").body().length);
            }
        }
        // Two I/O threads: each has to learn once.
        assertTrue(server.handled() <= 3, () -> "handled: " + server.handled());
    }

    @Test
    void get_ofAnEmptyFile_isAnswered() throws Exception {
        Await.until(() -> {
            client.get("/empty");
            long handled = server.handled();
            assertEquals(0, client.get("/empty").body().length);
            return server.handled() == handled;
        });
        assertEquals(IoPath.NONE, server.record("/empty").observed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hot HTTP/1.1\r\nHost: test\r\nIf-None-Match: \"x\"\r\n\r\n",
                "GET /hot HTTP/1.1\r\nHost: test\r\nRange: bytes=0-1023\r\n\r\n",
                "GET /hot HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n",
                "GET /hot HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
                "GET /hot HTTP/1.1\r\nHost: test\r\nAccept-Encoding: identity;q=0, *;q=0\r\n\r\n",
                "GET /hot?a HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /%68ot HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /hot;a HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET http://test/hot HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET  /hot HTTP/1.1\r\nHost: test\r\n\r\n",
                "get /hot HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /hot HTTP/1.2\r\nHost: test\r\n\r\n",
                "GET /hot HTTP/1.1\nHost: test\n\n",
                "\r\nGET /hot HTTP/1.1\r\nHost: test\r\n\r\n",
                "HEAD /hot HTTP/1.1\r\nHost: test\r\n\r\n",
                "POST /hot HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /hot HTTP/1.0\r\nHost: test\r\n\r\n",
                "GET /hot HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n",
                "GET /missing HTTP/1.1\r\nHost: test\r\n\r\n",
            })
    void request_ofAnyOtherKind_isLeftToTheParserEachTime(String request) throws Exception {
        int refused = 0;
        for (int i = 0; i < 3; i++) {
            try (RawConnection another = server.connect()) {
                another.send(request);
                refused += another.readHead().status() == 400 ? 1 : 0;
            }
        }
        assertEquals(2 + 3, server.handled() + refused);
    }

    /** Two requests in one packet are never taken for one whose fields are those of both. */
    @ParameterizedTest
    @ValueSource(strings = {"/hot", "/missing", "/other"})
    void packet_ofTwoRequests_isAnsweredTwiceEachTime(String first) throws Exception {
        String packet = "GET " + first + " HTTP/1.1\r\nHost: test\r\n\r\n" + GET;
        for (int i = 0; i < 5; i++) {
            client.send(packet);
            assertEquals(
                    first.equals("/missing") ? 404 : 200,
                    client.readResponse(first).status());
            assertEquals(1 << 10, client.readResponse("/hot").body().length);
        }
        long handled = server.handled();
        assertTrue(handled >= 2 + 10, () -> "handled: " + handled);
        client.get("/hot");
        assertEquals(handled, server.handled());
    }

    @Test
    void request_inTwoParts_isAnsweredOnce() throws Exception {
        for (int cut = 1; cut < GET.length(); cut++) {
            client.send(GET.substring(0, cut));
            client.send(GET.substring(cut));
            assertEquals(1 << 10, client.readResponse("/hot").body().length, "cut at " + cut);
        }
    }

    @Test
    void body_thatTheClientTakesSlowly_arrivesWhole() throws Exception {
        byte[] expected = Files.readAllBytes(root.resolve("large"));
        client.get("/large");
        try (RawConnection slow = server.connectSlowly()) {
            slow.get("/large");
            long handled = server.handled();
            for (int i = 0; i < 2; i++) {
                slow.send("GET", "/large");
                assertEquals(LARGE, slow.readHead().length());
                for (int at = 0; at < LARGE; at += LARGE / 16) {
                    assertArrayEquals(Arrays.copyOfRange(expected, at, at + LARGE / 16), slow.read(LARGE / 16));
                }
            }
            assertEquals(handled, server.handled());
        }
        assertTrue(server.records("/large").stream().allMatch(Served::complete));
        assertTrue(server.records("/large").stream().allMatch(record -> record.observed() == IoPath.MMAP));
    }

    /** While a response waits for its client, what follows waits behind it, and is answered then. */
    @Test
    void request_behindABodyThatStandsStill_waitsForIt() throws Exception {
        client.get("/large");
        try (RawConnection slow = server.connectSlowly()) {
            slow.get("/large");
            for (int i = 0; i < 4; i++) {
                slow.send("GET", i % 2 == 0 ? "/large" : "/hot");
            }
            for (int i = 0; i < 4; i++) {
                assertEquals(i % 2 == 0 ? LARGE : 1 << 10, slow.readResponse("").body().length);
            }
        }
    }

    /** The selector tells of what is not read again and again: so it must not be asked. */
    @Test
    void request_behindABodyThatStandsStill_costsNothingMeanwhile() throws Exception {
        client.get("/large");
        try (RawConnection slow = server.connectSlowly()) {
            slow.get("/large");
            slow.get("/large");
            slow.send("GET", "/large");
            Await.equal(1, server::leases);
            slow.send("GET", "/hot");
            long began = System.nanoTime();
            long before = EngineServer.ioThreadsCpu();
            Await.until(() -> System.nanoTime() - began > STANDS_STILL.toNanos());
            long cpu = EngineServer.ioThreadsCpu() - before;

            assertTrue(cpu < STANDS_STILL.toNanos() / 10, () -> cpu / 1_000_000 + " ms of processor time");
            assertEquals(LARGE, slow.readResponse("/large").body().length);
            assertEquals(1 << 10, slow.readResponse("/hot").body().length);
        }
    }

    @Test
    void body_thatNobodyTakes_isCutOffAfterTheWriteTimeout() throws Exception {
        stop();
        start(EngineServer.Setup.standard().withMaxFileSize(LARGE).withStalledAfter(Duration.ofSeconds(2)));
        Served record = standStill(connection -> {});

        assertEquals("stalled", record.reason());
        assertTrue(!record.complete() && record.bytes() < LARGE);
    }

    @Test
    void body_whoseClientVanishes_isRecordedSo() throws Exception {
        Served record = standStill(RawConnection::reset);

        assertEquals("client-gone", record.reason());
        assertTrue(!record.complete() && record.bytes() < LARGE);
    }

    private interface Deed {
        void to(RawConnection connection) throws IOException;
    }

    /** Asks until a response stands still on the fast path, does something, and returns that response's record. */
    private Served standStill(Deed deed) throws Exception {
        client.get("/large");
        try (RawConnection slow = server.connectSlowly()) {
            slow.get("/large");
            long handled = server.handled();
            slow.send("GET", "/large");
            Await.equal(1, server::leases);
            assertEquals(handled, server.handled());
            deed.to(slow);
            Await.equal(0, server::leases);
        }
        server.awaitIdle();
        return server.records("/large").get(0);
    }

    @Test
    void get_afterTheFileWasReplaced_givesTheNewOne() throws Exception {
        byte[] changed = write("next", 3 << 10, 2);
        Files.move(root.resolve("next"), root.resolve("hot"), StandardCopyOption.REPLACE_EXISTING);

        Await.until(() -> client.get("/hot").body().length == changed.length);
        assertArrayEquals(changed, client.get("/hot").body());
    }

    @Test
    void get_whileTheServerStops_isToldThatTheConnectionCloses() throws Exception {
        client.get("/large");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (RawConnection slow = server.connectSlowly()) {
            slow.get("/large");
            for (int i = 0; i < 3; i++) {
                slow.send("GET", "/large");
            }
            Future<Integer> stopping = other.submit(() -> server.drain(Duration.ofSeconds(20)));
            // An idle connection is closed as soon as it stops.
            assertEquals(0, client.readToTheEnd().length);
            List<RawConnection.Head> heads = new ArrayList<>();
            RawConnection.Head head = slow.readHead();
            while (!"close".equals(head.field("connection"))) {
                heads.add(head);
                assertEquals(LARGE, slow.read(LARGE).length);
                head = slow.readHead();
            }
            assertEquals(LARGE, slow.read(LARGE).length);
            assertEquals(0, slow.readToTheEnd().length);
            assertTrue(heads.size() < 3);
            assertEquals(0, stopping.get());
        } finally {
            other.shutdownNow();
        }
    }

    private static Map<String, String> withoutDate(RawConnection.Response response) {
        Map<String, String> fields = new HashMap<>(response.head().fields());
        assertTrue(fields.containsKey("date"));
        fields.remove("date");
        return fields;
    }

    private static Instant date(RawConnection.Response response) {
        return ZonedDateTime.parse(response.head().field("date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    /** All of a record that does not tell one request from another. */
    private static List<Object> comparable(Served served) {
        return Arrays.asList(
                served.client(),
                served.protocol(),
                served.method(),
                served.target(),
                served.path(),
                served.status(),
                served.planned(),
                served.observed(),
                served.reason(),
                served.bytes(),
                served.userCopiedBytes(),
                served.contentCoding(),
                served.referer(),
                served.userAgent(),
                served.complete());
    }

    private byte[] write(String name, int length, int version) throws IOException {
        byte[] body = VersionedBody.of(name.hashCode(), version, length / VersionedBody.LINE);
        Path file = Files.write(root.resolve(name), body);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        return body;
    }
}
