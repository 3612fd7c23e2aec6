package dev.sluice.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.admin.BearerToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminConnectionTest {
    private static final String EXPECTED = " (expected: a running Sluice; --admin URL names another)";
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void read_sluice_isWhatItTells() throws Exception {
        try (FakeServer server = FakeServer.sluice()) {
            Reading reading = connection(server).read();

            assertEquals("1.2.3", reading.stats().path("server").path("version").asString());
            assertEquals(2, reading.requests().path("requests").size());
            assertEquals(List.of("", ""), server.authorizations());
        }
    }

    @Test
    void read_belowAPath_asksThere() throws Exception {
        AtomicReference<String> asked = new AtomicReference<>();
        try (FakeServer server = new FakeServer(exchange -> {
            asked.set(exchange.getRequestURI().toString());
            FakeServer.sluice(exchange);
        })) {
            new AdminConnection(server.uri().resolve("/behind/"), null, LONG).read();

            assertEquals("/behind/api/requests?limit=50", asked.get());
        }
    }

    @Test
    void read_nobodyThere_namesTheAddress() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI uri = URI.create("http://127.0.0.1:" + port + "/");

        assertEquals(
                "cannot reach the admin API at " + uri + ": connection refused" + EXPECTED,
                fault(new AdminConnection(uri, null, LONG)));
    }

    @Test
    void read_unknownHost_saysSo() {
        URI uri = URI.create("http://nowhere.invalid:8081/");

        assertEquals(
                "cannot reach the admin API at " + uri + ": unknown host" + EXPECTED,
                fault(new AdminConnection(uri, null, LONG)));
    }

    @Test
    void read_401_asksForATokenOrRefusesTheOneGiven() throws IOException {
        try (FakeServer server = FakeServer.answering(401, "{\"detail\":\"no\"}")) {
            assertEquals(
                    "the admin API at " + server.uri() + " asks for a token (expected: --token-file FILE)",
                    fault(connection(server)));
            assertEquals(
                    "the admin API at " + server.uri()
                            + " refuses the token (expected: that of the server's admin.tokenFile)",
                    fault(new AdminConnection(server.uri(), new BearerToken("geheim"), LONG)));
            assertEquals(List.of("", "Bearer geheim"), server.authorizations());
        }
    }

    @Test
    void read_problem_tellsItsDetailOnOneLineAndNotAllOfAnEndlessOne() throws IOException {
        String detail = "no\\r\\n\\u001b[31m" + "x".repeat(1000);
        try (FakeServer server = FakeServer.answering(500, "{\"detail\":\"" + detail + "\"}")) {
            assertEquals(
                    "the admin API at " + server.uri() + " answers 500: no%0D%0A%1B[31m" + "x".repeat(191) + "...",
                    fault(connection(server)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 503})
    void read_errorWithoutDetail_tellsItsStatus(int status) throws IOException {
        try (FakeServer server = FakeServer.answering(status, "<h1>?</h1>")) {
            assertEquals(
                    "the admin API at " + server.uri() + " answers " + status + EXPECTED, fault(connection(server)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!doctype html>", "", "{\"server\":", "nul"})
    void read_somethingElseThanJson_saysSo(String body) throws IOException {
        try (FakeServer server = FakeServer.answering(200, body)) {
            assertEquals(
                    "the admin API at " + server.uri() + " answers something other than JSON" + EXPECTED,
                    fault(connection(server)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "7", "{\"server\":1,\"requests\":{}}"})
    void read_otherJson_saysSo(String body) throws IOException {
        try (FakeServer server = FakeServer.answering(200, body)) {
            assertEquals(
                    "the admin API at " + server.uri() + " answers other JSON than that of /api/stats" + EXPECTED,
                    fault(connection(server)));
        }
    }

    @Test
    void read_serverThatHangs_givesUp() throws IOException {
        AtomicReference<FakeServer> self = new AtomicReference<>();
        try (FakeServer server = new FakeServer(exchange -> self.get().hang())) {
            self.set(server);
            assertTimeout(server);
        }
    }

    @Test
    void read_serverThatHangsInTheBody_givesUp() throws IOException {
        AtomicReference<FakeServer> self = new AtomicReference<>();
        try (FakeServer server = new FakeServer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            self.get().hang();
        })) {
            self.set(server);
            assertTimeout(server);
        }
    }

    private static void assertTimeout(FakeServer server) {
        assertEquals(
                "cannot reach the admin API at " + server.uri() + ": no answer within 300 ms" + EXPECTED,
                fault(new AdminConnection(server.uri(), null, Duration.ofMillis(300))));
    }

    @Test
    void read_bodyWithoutEnd_givesUp() throws IOException {
        try (FakeServer server = new FakeServer(FakeServer::sendWithoutEnd)) {
            assertEquals(
                    "cannot reach the admin API at " + server.uri() + ": more than 8388608 bytes" + EXPECTED,
                    fault(connection(server)));
        }
    }

    /** Another host would be told the token. */
    @Test
    void read_redirect_isNotFollowed() throws IOException {
        try (FakeServer other = FakeServer.sluice();
                FakeServer server = new FakeServer(exchange -> {
                    exchange.getResponseHeaders().set("Location", other.uri().resolve("/api/stats") + "");
                    FakeServer.send(exchange, 307, "");
                })) {
            assertEquals(
                    "the admin API at " + server.uri() + " answers 307" + EXPECTED,
                    fault(new AdminConnection(server.uri(), new BearerToken("geheim"), LONG)));
            assertEquals(List.of(), other.authorizations());
        }
    }

    private static AdminConnection connection(FakeServer server) {
        return new AdminConnection(server.uri(), null, LONG);
    }

    private static String fault(AdminConnection connection) {
        return assertThrows(AdminException.class, connection::read).getMessage();
    }
}
