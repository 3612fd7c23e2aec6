package dev.sluice.e2e;

import dev.sluice.h2.Http2Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import org.opentest4j.TestAbortedException;

/** HTTP/2, as if it were a connection on which one response follows the other. */
final class Http2RawClient implements RawClient {
    private final Http2Client client;
    private final Deque<Http2Client.Stream> asked = new ArrayDeque<>();
    private int taken;

    Http2RawClient(Http2Client client) {
        this.client = client;
    }

    @Override
    public RawClient send(String octets) {
        throw new TestAbortedException("octets of HTTP/1.1 mean nothing in HTTP/2");
    }

    @Override
    public RawClient request(String method, String target, String... lines) {
        asked.add(io(() -> client.request(method, target, lines)));
        return this;
    }

    @Override
    public RawResponse read(String method) {
        Http2Client.Stream stream = io(() -> client.awaitEnd(asked.remove()));
        if (stream.reset() && stream.fields() == null) {
            // How HTTP/2 refuses what is malformed (RFC 9113 §8.1.1).
            return RawResponse.of(400, Map.of(), new byte[0]);
        }
        if (!stream.ended()) {
            throw new AssertionError("stream: reset (expected: ended)");
        }
        return RawResponse.of(stream.status(), stream.fields(), stream.body());
    }

    @Override
    public RawResponse readHead() {
        taken = 0;
        Http2Client.Stream stream = io(() -> client.awaitHead(asked.element()));
        if (stream.ended()) {
            asked.remove();
        }
        return RawResponse.of(stream.status(), stream.fields(), new byte[0]);
    }

    @Override
    public byte[] readNBytes(int length) {
        byte[] body =
                io(() -> client.awaitBody(asked.element(), taken + length)).body();
        byte[] part = Arrays.copyOfRange(body, taken, Math.min(body.length, taken + length));
        taken += part.length;
        return part;
    }

    @Override
    public byte[] readToEnd() {
        Http2Client.Stream stream = asked.poll();
        if (stream == null || stream.ended()) {
            io(() -> {
                client.awaitClose();
                return client;
            });
            return new byte[0];
        }
        try {
            client.awaitEnd(stream);
        } catch (IOException closed) {
            return stream.body();
        }
        return stream.body();
    }

    private static <T> T io(Callable<T> action) {
        try {
            return action.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        io(() -> {
            client.close();
            return client;
        });
    }
}
