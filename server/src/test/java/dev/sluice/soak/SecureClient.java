package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.fault.VersionedBody;
import dev.sluice.fault.VersionedBody.Identity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** Asks over TLS, by HTTP/1.1 or by HTTP/2, for several files at once. */
final class SecureClient implements Client {
    private static final int AT_ONCE = 8;

    private final HttpClient http;
    private final URI site;
    private final HttpClient.Version version;
    private final Validators validators;
    private final SplittableRandom random;

    SecureClient(
            URI site, SSLContext trusting, HttpClient.Version version, Validators validators, SplittableRandom random) {
        this.site = site;
        this.version = version;
        this.validators = validators;
        this.random = random;
        this.http =
                HttpClient.newBuilder().sslContext(trusting).version(version).build();
    }

    @Override
    public int visit() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> underWay = new ArrayList<>();
        List<Integer> files = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            int file = random.nextInt(Releases.HOT_FILES);
            files.add(file);
            underWay.add(ask(Releases.hot(file)));
        }
        for (int i = 0; i < AT_ONCE; i++) {
            check(underWay.get(i).get(), files.get(i));
        }
        if (random.nextInt(50) == 0) {
            check(ask(Releases.LARGE).get(), Releases.LARGE_FILE);
        }
        return AT_ONCE;
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(String path) {
        HttpRequest request = HttpRequest.newBuilder(site.resolve(path)).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private void check(HttpResponse<byte[]> response, long file) {
        assertEquals(200, response.statusCode());
        assertEquals(version, response.version());
        Identity identity = VersionedBody.check(response.body());
        assertEquals(file, identity.file());
        assertEquals(identity.bytes(), response.body().length);
        validators.check(response.headers().firstValue("etag").orElseThrow(), identity);
    }
}
