package dev.sluice.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection that sends whatever it is told to. No read waits longer than {@link Await#PATIENCE}. */
final class RawClient implements AutoCloseable {
    private static final int LONGEST_HEAD = 1 << 16;

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient to(URI server) {
        return to(server, 0);
    }

    /**
     * Connects.
     *
     * @param receiveBuffer bytes that the kernel may hold for a client that does not read, or 0 for its own choice
     */
    static RawClient to(URI server, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends characters as octets. */
    RawClient send(String octets) {
        try {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request with a Host and these lines, each ended by CRLF. */
    RawClient request(String method, String target, String... lines) {
        StringBuilder head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return send(head.append("\r\n").toString());
    }

    /** Reads the response to a GET. */
    RawResponse read() {
        return read("GET");
    }

    /** Reads one whole response; the method decides whether it has a body. */
    RawResponse read(String method) {
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

    /** Reads a head and leaves the body unread. */
    RawResponse readHead() {
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

    /** Reads that many bytes, or as many as there are before the end. */
    byte[] readNBytes(int length) {
        try {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all that comes until the server closes the connection; a reset ends it as well. */
    byte[] readToEnd() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                all.write(chunk, 0, n);
            }
        } catch (SocketException reset) {
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
