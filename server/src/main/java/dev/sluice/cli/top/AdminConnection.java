package dev.sluice.cli.top;

import dev.sluice.admin.BearerToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the admin API. Follows no redirect, so that the token goes to no other host. */
final class AdminConnection {
    /** {@link #LATEST} requests with the longest paths there can be come to less. */
    private static final int LONGEST_ANSWER = 8 << 20;

    private static final int LATEST = 50;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http;
    private final URI admin;
    private final @Nullable BearerToken token;
    private final Duration patience;
    private final Faults faults;

    /**
     * @param admin where the API is; its path ends with a slash
     * @param token the bearer token, or null to send none
     * @param patience how long a reading may take
     */
    AdminConnection(URI admin, @Nullable BearerToken token, Duration patience) {
        this.admin = admin;
        this.token = token;
        this.patience = patience;
        this.faults = new Faults(admin, token != null, patience);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    URI admin() {
        return admin;
    }

    /** Takes a reading, and waits for it. */
    Reading read() throws AdminException, InterruptedException {
        try {
            return ask().get();
        } catch (ExecutionException e) {
            throw faults.of(e);
        }
    }

    /** Takes a reading; if there is none, that ends with an {@link AdminException}. */
    CompletableFuture<Reading> ask() {
        return get("api/stats")
                .thenCompose(stats -> {
                    faults.requireStats(stats);
                    long nanos = System.nanoTime();
                    Instant time = Instant.now();
                    return get("api/requests?limit=" + LATEST)
                            .thenApply(requests -> new Reading(time, nanos, stats, requests));
                })
                .handle((reading, fault) -> {
                    if (fault != null) {
                        throw new CompletionException(faults.of(fault));
                    }
                    return reading;
                });
    }

    private CompletableFuture<JsonNode> get(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(admin.resolve(path)).header("Accept", "application/json");
        if (token != null) {
            request.header("Authorization", token.authorization());
        }
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(request.build(), head -> new BoundedBody(LONGEST_ANSWER));
        // Not the request's own timeout, which ends with the head of the response.
        return sent.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, fault) -> {
                    if (fault != null) {
                        sent.cancel(true);
                    }
                })
                .thenApply(this::parse);
    }

    private JsonNode parse(HttpResponse<byte[]> response) {
        JsonNode answer;
        try {
            answer = json.readTree(response.body());
        } catch (JacksonException e) {
            answer = json.missingNode();
        }
        faults.requireSuccess(response.statusCode(), answer);
        return answer;
    }
}
