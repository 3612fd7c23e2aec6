package dev.sluice.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** An HTTP/1.1 connection that does just what it is told, reads as slowly as it is told, and hides nothing. */
public final class RawConnection implements Closeable {
    private static final int READ_TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private int headSize;

    /** Connects to a server on this machine. */
    public RawConnection(int port) throws IOException {
        this(port, 0);
    }

    /**
     * Connects with a receive buffer of a given size, so that the server soon has to wait for this client.
     *
     * @param receiveBuffer bytes, or 0 for the system's choice
     */
    public RawConnection(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    }

    /** A response's head: its status, its fields by lower-case name, and how many bytes it was. */
    public record Head(int status, Map<String, String> fields, int size) {
        /** The field's value, or null. */
        public String field(String name) {
            return fields.get(name);
        }

        /** The body's length as promised. */
        public long length() {
            return Long.parseLong(fields.getOrDefault("content-length", "0"));
        }
    }

    /** A response with its whole body. */
    public static final class Response {
        private final Head head;
        private final byte[] body;

        private Response(Head head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        /** Its head. */
        public Head head() {
            return head;
        }

        /** Its body, as long as its head promised. */
        public byte[] body() {
            return body;
        }

        /** The status code. */
        public int status() {
            return head.status();
        }
    }

    /** Asks for a path and reads the whole answer. */
    public Response get(String path, String... fields) throws IOException {
        send("GET", path, fields);
        return readResponse(path);
    }

    /** Reads the whole answer to a GET of a path. */
    public Response readResponse(String path) throws IOException {
        Head head = readHead();
        int length = Math.toIntExact(head.status() == 304 ? 0 : head.length());
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException(path + ": " + body.length + " of " + length + " bytes");
        }
        return new Response(head, body);
    }

    /** This end's port. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** Sends octets as they are. */
    public void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a request without a body. */
    public void send(String method, String path, String... fields) throws IOException {
        StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: test\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a head.
     *
     * @throws EOFException if the connection is closed before its end
     */
    public Head readHead() throws IOException {
        headSize = 0;
        int status = Integer.parseInt(readLine().split(" ", 3)[1]);
        Map<String, String> fields = new HashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(status, fields, headSize);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection closed within a head");
            }
            line.write(b);
        }
        headSize += line.size() + 1;
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Reads some bytes of a body; fewer only if the connection is closed before. */
    public byte[] read(int length) throws IOException {
        return in.readNBytes(length);
    }

    /** Reads until the connection is closed or reset. */
    public byte[] readToTheEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[64 << 10];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketTimeoutException hangs) {
            throw hangs;
        } catch (IOException reset) {
            // A reset ends a body as well as a close does.
        }
        return all.toByteArray();
    }

    /** Vanishes: what is under way gets a reset instead of an orderly close. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
