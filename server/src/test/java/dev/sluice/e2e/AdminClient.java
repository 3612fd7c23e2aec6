package dev.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the admin API what became of each request. A record is written when its response has ended, which may be a moment
 * after the client saw the last byte, so it is waited for; each record is given once, in the order of their numbers.
 */
public final class AdminClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final URI admin;
    private long seen;

    public AdminClient(URI admin) {
        this.admin = admin;
    }

    /** The record of the only request since the last call. */
    Served served() {
        return served(1).get(0);
    }

    /** The records of the requests since the last call, of which there are that many. */
    List<Served> served(int count) {
        List<Served> records =
                Await.present(count + " records", () -> Optional.of(unseen()).filter(unseen -> unseen.size() >= count));
        seen = records.get(records.size() - 1).id();
        if (records.size() > count) {
            throw new AssertionError("records: " + records + " (expected: " + count + ")");
        }
        return records;
    }

    /** Leaves aside what a test that failed has not asked for, so that the next one does not fail with it. */
    void forget() {
        // Over HTTP/2 the client has an answer before the record of it is made.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (get("/api/stats").get("requests").get("active").asLong() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        unseen().forEach(served -> seen = Math.max(seen, served.id()));
    }

    private List<Served> unseen() {
        List<Served> records = new ArrayList<>();
        for (JsonNode node : get("/api/requests?limit=1000").get("requests")) {
            Served served = json.treeToValue(node, Served.class);
            if (served.id() > seen) {
                records.add(served);
            }
        }
        records.sort(Comparator.comparingLong(Served::id));
        return records;
    }

    /** The answer to a GET, whatever its status. */
    public JsonNode get(String path) {
        return json.readTree(text(path));
    }

    /** The same for what is no JSON. */
    String text(String path) {
        return send(path).body();
    }

    /** The answer to a POST without a body, whatever its status. */
    JsonNode post(String path) {
        return json.readTree(send(HttpRequest.newBuilder(admin.resolve(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .body());
    }

    int status(String path) {
        return send(path).statusCode();
    }

    private HttpResponse<String> send(String path) {
        return send(HttpRequest.newBuilder(admin.resolve(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
