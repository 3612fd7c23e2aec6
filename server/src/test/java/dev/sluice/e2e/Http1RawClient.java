package dev.sluice.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLException;

/** HTTP/1.1 on a socket, encrypted or not. */
final class Http1RawClient implements RawClient {
    private static final int LONGEST_HEAD = 1 << 16;

    private final Socket connection;
    private final Socket socket;
    private final InputStream in;

    /**
     * @param connection what is closed at the end: to close a TLS socket would first read all that is still coming
     * @param socket on which HTTP is spoken: the connection, or TLS on it
     */
    Http1RawClient(Socket connection, Socket socket) throws IOException {
        this.connection = connection;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    @Override
    public RawClient send(String octets) {
        try {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RawClient request(String method, String target, String... lines) {
        StringBuilder head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\n");
        if (Arrays.stream(lines).noneMatch(line -> line.startsWith("Host:"))) {
            head.append("Host: localhost\r\n");
        }
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return send(head.append("\r\n").toString());
    }

    @Override
    public RawResponse read(String method) {
        try {
            RawResponse head = readHead();
            int length = head.bodyLength(method);
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new AssertionError("body: " + body.length + " bytes (expected: " + length + ")");
            }
            return head.withBody(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RawResponse readHead() {
        try {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int octet = in.read();
                if (octet < 0 || head.length() > LONGEST_HEAD) {
                    throw new AssertionError("head ends too early or never: " + head);
                }
                head.append((char) octet);
            }
            return RawResponse.head(head.substring(0, head.length() - 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] readNBytes(int length) {
        try {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] readToEnd() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                all.write(chunk, 0, n);
            }
        } catch (SocketException | SSLException reset) {
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
