package dev.sluice.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Asks a site for what a test wants to see in the dashboard, without a browser. */
final class Visitor {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SluiceProcess sluice;

    Visitor(SluiceProcess sluice) {
        this.sluice = sluice;
    }

    /** Gets a path; the fields are names and values in turn. */
    HttpResponse<byte[]> get(String path, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(sluice.site(path));
        if (fields.length > 0) {
            request.headers(fields);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a target that no URI can be, and gives the whole answer. */
    String getAsWritten(String target) {
        URI site = sluice.site("/");
        try (Socket socket = new Socket(site.getHost(), site.getPort())) {
            String request =
                    "GET " + target + " HTTP/1.1\r\nHost: " + site.getAuthority() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
