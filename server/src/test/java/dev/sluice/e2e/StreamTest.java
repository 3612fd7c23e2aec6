package dev.sluice.e2e;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.EventClient.Event;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/requests/stream}: the records as they are made. */
class StreamTest {
    private static final String STREAM = "/api/requests/stream";
    private static final int MOST_STREAMS = 64;

    @RegisterExtension
    static final TestServer server = TestServer.of(TestSite.standard());

    private final List<EventClient> clients = new ArrayList<>();

    @AfterEach
    void leave() {
        clients.forEach(EventClient::close);
        awaitStreams(server, 0);
    }

    private EventClient open(String query, String... fields) {
        EventClient client = EventClient.open(server, query, fields);
        clients.add(client);
        return client;
    }

    private static RequestSpecification admin() {
        return given().baseUri(server.adminUri().toString());
    }

    private static void get(String path) {
        server.given().get(path);
        server.served();
    }

    private static void revalidate(String etag) {
        server.given().header("If-None-Match", etag).get(TestSite.SMALL);
        server.served();
    }

    private static JsonNode streams(TestServer of) {
        return of.admin().get("/api/stats").get("streams");
    }

    private static void awaitStreams(TestServer of, int count) {
        Await.present(
                count + " streams",
                () -> Optional.of(streams(of)).filter(now -> now.get("open").asInt() == count));
    }

    private static JsonNode json(Event event) {
        return JsonMapper.shared().readTree(event.data());
    }

    private static List<String> paths(List<Event> events) {
        return events.stream().map(event -> json(event).get("path").asString()).toList();
    }

    @Test
    void stream_requests_areToldAsTheRequestsAre() {
        EventClient client = open("");
        assertEquals(200, client.head().status());
        assertEquals("text/event-stream", client.head().field("Content-Type"));
        assertEquals("no-store", client.head().field("Cache-Control"));
        assertEquals("nosniff", client.head().field("X-Content-Type-Options"));
        assertEquals(1, streams(server).get("open").asInt());

        get(TestSite.SMALL);
        get("/nothing");

        List<Event> events = client.next(2);
        JsonNode newest = server.admin().get("/api/requests?limit=2").get("requests");
        for (int i = 0; i < 2; i++) {
            assertEquals("request", events.get(i).type());
            assertEquals(newest.get(1 - i), json(events.get(i)));
            assertEquals(newest.get(1 - i).get("id").asString(), events.get(i).id());
        }
    }

    @Test
    void stream_requestsOfTheAdminApi_areNotInIt() {
        EventClient client = open("");
        server.admin().get("/api/stats");
        server.admin().get("/api/nothing");
        get(TestSite.SMALL);
        server.admin().get("/api/requests");
        get("/nothing");

        assertEquals(List.of(TestSite.SMALL, "/nothing"), paths(client.next(2)));
    }

    @Test
    void stream_filters_selectByPathStatusAndIoPath() {
        EventClient byPath = open("?path=/small*");
        EventClient byStatus = open("?status=404");
        EventClient byIoPath = open("?ioPath=none&status=304");
        String etag = server.etag(TestSite.SMALL);
        get(TestSite.SMALL);
        get("/nothing");
        revalidate(etag);
        get("/nothing/more");
        get(TestSite.SMALL);
        revalidate(etag);

        assertEquals(
                List.of("200", "200", "304", "200", "304"),
                byPath.next(5).stream()
                        .map(event -> json(event).get("status").asString())
                        .toList());
        assertEquals(List.of("/nothing", "/nothing/more"), paths(byStatus.next(2)));
        assertEquals(List.of(TestSite.SMALL, TestSite.SMALL), paths(byIoPath.next(2)));
    }

    @Test
    void stream_perSecond_saysHowManyItLeavesOut() {
        EventClient client = open("?perSecond=1");
        for (int i = 0; i < 6; i++) {
            get(TestSite.SMALL);
        }
        long told = 0;
        long skipped = 0;
        while (told + skipped < 6) {
            Event event = client.next();
            if (event.type().equals("skipped")) {
                assertEquals("perSecond", json(event).get("reason").asString());
                skipped += json(event).get("records").asLong();
            } else {
                told++;
            }
        }
        assertEquals(6, told + skipped);
        assertTrue(skipped > 0, "six requests took as many seconds");
    }

    @Test
    void stream_lastEventId_tellsWhatWasMissed() {
        EventClient before = open("");
        get(TestSite.SMALL);
        String last = before.next().id();
        before.close();
        get("/nothing/1");
        get(TestSite.SMALL);
        get("/nothing/2");

        EventClient after = open("?status=404", "Last-Event-ID: " + last);
        get("/nothing/3");

        assertEquals(List.of("/nothing/1", "/nothing/2", "/nothing/3"), paths(after.next(3)));
    }

    @Test
    void stream_tooMany_isA503UntilOneLeaves() {
        for (int i = 0; i < MOST_STREAMS; i++) {
            open("");
        }
        admin().get(STREAM)
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("status", equalTo(503))
                .body("detail", containsString("64"))
                .body("instance", equalTo(STREAM));
        admin().head(STREAM).then().statusCode(503);
        get(TestSite.SMALL);
        clients.forEach(
                client -> assertEquals(TestSite.SMALL, paths(client.next(1)).get(0)));

        clients.remove(3).close();

        awaitStreams(server, MOST_STREAMS - 1);
        assertEquals(200, open("").head().status());
    }

    @Test
    void head_anyTime_isTheHeadAlone() {
        try (Http1RawClient client = plainClient()) {
            RawResponse head = client.request("HEAD", STREAM).readHead();
            assertEquals(200, head.status());
            assertEquals("text/event-stream", head.field("Content-Type"));
            // The connection goes on: no body follows.
            assertEquals(200, client.request("GET", "/healthz").read("GET").status());
        }
        assertEquals(0, streams(server).get("open").asInt());
    }

    private static Http1RawClient plainClient() {
        try {
            Socket socket =
                    new Socket(server.adminUri().getHost(), server.adminUri().getPort());
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            return new Http1RawClient(socket, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "perSecond=0, perSecond: 0 (expected: 1..10000)",
        "perSecond=10001, perSecond: 10001 (expected: 1..10000)",
        "perSecond=all, perSecond: all (expected: 1..10000)",
        "perSecond=1&perSecond=2, 'perSecond: 1, 2 (expected: one value)'",
        "status=99, status: 99 (expected: 100..599)",
        "path=small, 'path: small (expected: a path such as /index.html, or a prefix such as /assets/*)'",
    })
    void stream_badParameter_isAProblem(String query, String detail) {
        admin().urlEncodingEnabled(false)
                .get(STREAM + '?' + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo(detail));
    }

    @ParameterizedTest
    @CsvSource({"x", "-1", "1.5"})
    void stream_badLastEventId_isAProblem(String id) {
        admin().header("Last-Event-ID", id)
                .get(STREAM)
                .then()
                .statusCode(400)
                .body("detail", equalTo("Last-Event-ID: " + id + " (expected: the number of a record)"));
    }

    @Test
    void stream_otherMethodOrForeignHost_isRefused() {
        admin().post(STREAM).then().statusCode(405).header("Allow", "GET, HEAD");
        admin().header("Host", "evil.example").get(STREAM).then().statusCode(403);
    }

    @Test
    void stream_http10_endsWithTheConnection() {
        try (Http1RawClient client = plainClient()) {
            client.send("GET " + STREAM + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
            RawResponse head = client.readHead();
            assertEquals(200, head.status());
            assertEquals(null, head.field("Transfer-Encoding"));
            assertEquals("retry: 2000\n\n", new String(client.readNBytes(13), StandardCharsets.US_ASCII));
        }
    }

    /** Its socket and what may wait for it are full long before all of this has come; nobody else notices. */
    @Test
    void stream_stuckReader_isDroppedWithANoticeWhileOthersGetAll() throws Exception {
        String longPath = "/nothing/" + "x".repeat(12_000);
        try (TestServer own = TestServer.start(TestSite.standard());
                EventClient stuck = new EventClient(own.adminUri(), STREAM, 4_096);
                EventClient reader = EventClient.open(own, "")) {
            CompletableFuture<List<Event>> all = new CompletableFuture<>();
            int count = 0;
            List<Event> events = new ArrayList<>();
            Thread reading = new Thread(() -> {
                for (Event event = reader.next();
                        !json(event).get("path").asString().equals("/end");
                        event = reader.next()) {
                    events.add(event);
                }
                all.complete(events);
            });
            reading.start();
            try (RawClient client = own.connect()) {
                do {
                    client.request("GET", longPath).read();
                    count++;
                } while (count % 50 != 0 || (streams(own).get("dropped").asInt() == 0 && count < 2_000));
                client.request("GET", "/end").read();
            }
            List<Event> left = stuck.rest();
            assertEquals(1, streams(own).get("dropped").asInt());
            assertEquals(new Event("retry", "", "2000"), left.remove(0));
            Event notice = left.remove(left.size() - 1);
            assertEquals("dropped", notice.type());
            assertEquals("slow-reader", json(notice).get("reason").asString());
            assertTrue(stuck.isEnded());
            assertTrue(left.size() < count, "all " + count + " were kept for it");
            assertEquals(ids(left.size()), ids(left));
            assertEquals(ids(count), ids(all.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)));
            awaitStreams(own, 1);
        }
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).toList();
    }

    private static List<String> ids(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(Long::toString).toList();
    }

    @Test
    void stream_clientLeaves_isNoticedAtOnce() {
        EventClient client = open("");
        awaitStreams(server, 1);
        client.close();
        awaitStreams(server, 0);
    }

    @Test
    void stop_streams_areEndedAndDoNotDelayIt() {
        String[] limits = {"limits.shutdown=60s"};
        try (TestServer own = TestServer.start(TestSite.standard(), limits);
                EventClient stuck = new EventClient(own.adminUri(), STREAM, 4_096);
                EventClient reader = EventClient.open(own, "")) {
            own.given().get(TestSite.SMALL);
            own.served();
            assertTimeoutPreemptively(Await.PATIENCE, own::stop);

            List<Event> events = reader.rest();
            assertEquals(List.of("request"), events.stream().map(Event::type).toList());
            assertTrue(reader.isEnded(), "cut off");
            assertEquals(200, stuck.head().status());
        }
    }

    /** Whatever stands still is closed after a while; a stream on which nothing is to be told says so. */
    @Test
    void stream_nothingHappens_isKeptOpen() {
        Map<String, String> patience =
                Map.of("limits.idleTimeout", "200ms", "limits.headerTimeout", "200ms", "limits.writeTimeout", "200ms");
        String[] limits = patience.entrySet().stream()
                .map(limit -> limit.getKey() + '=' + limit.getValue())
                .toArray(String[]::new);
        try (TestServer own = TestServer.start(TestSite.standard(), limits);
                EventClient client = EventClient.open(own, "")) {
            for (int i = 0; i < 15; i++) {
                assertEquals(new Event("comment", "", "keep-alive"), client.next());
            }
            own.given().get(TestSite.SMALL);
            assertEquals(TestSite.SMALL, paths(client.next(1)).get(0));
        }
    }
}
