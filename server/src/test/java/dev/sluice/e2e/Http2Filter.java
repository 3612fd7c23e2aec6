package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.builder.ResponseBuilder;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Sends what REST Assured would send by HTTP/1.1, which is all it knows, by HTTP/2. */
final class Http2Filter implements Filter {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(E2eTransport.H2.trusting())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public Response filter(
            FilterableRequestSpecification asked, FilterableResponseSpecification answer, FilterContext context) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(asked.getURI()))
                .method(asked.getMethod(), HttpRequest.BodyPublishers.noBody())
                .timeout(Await.PATIENCE);
        for (Header header : asked.getHeaders()) {
            request.header(header.getName(), header.getValue());
        }
        HttpResponse<byte[]> response = send(request.build());
        assertEquals(HttpClient.Version.HTTP_2, response.version());
        List<Header> headers = new ArrayList<>();
        response.headers()
                .map()
                .forEach((name, values) -> values.stream()
                        .filter(value -> !name.startsWith(":"))
                        .forEach(value -> headers.add(new Header(name, value))));
        ResponseBuilder built = new ResponseBuilder()
                .setStatusCode(response.statusCode())
                .setHeaders(new Headers(headers))
                .setBody(response.body());
        response.headers().firstValue("Content-Type").ifPresent(built::setContentType);
        return built.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
