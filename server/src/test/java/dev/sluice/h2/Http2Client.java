package dev.sluice.h2;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A client of HTTP/2 (RFC 9113) that says which frames it gets, and gives the server only as much of a window as it is told
 * to: the JDK's client can do neither.
 */
public final class Http2Client implements AutoCloseable {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;

    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private static final int LARGEST_WINDOW = Integer.MAX_VALUE - 65_535;

    /** In the place of one stream: whatever comes is allowed again. */
    private static final Stream ANY = new Stream(0);

    private final Socket socket;
    private final DataInputStream in;
    private final ResponseFields decoder = new ResponseFields();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private int nextStream = 1;
    private boolean goneAway;

    /** One stream, as far as frames of it have come. */
    public static final class Stream {
        private final int id;
        private Map<String, List<String>> fields;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int owed;
        private boolean ended;
        private boolean reset;
        private int error;

        private Stream(int id) {
            this.id = id;
        }

        /** Its fields, the pseudo-field {@code :status} among them; null until they have come. */
        public Map<String, List<String>> fields() {
            return fields;
        }

        /** The status. */
        public int status() {
            return Integer.parseInt(fields.get(":status").get(0));
        }

        /** What has come of its body. */
        public byte[] body() {
            return body.toByteArray();
        }

        /** Whether all of it has come. */
        public boolean ended() {
            return ended;
        }

        /** The error code with which the server has broken it off (RFC 9113 §7), or 0. */
        public int error() {
            return error;
        }

        /** Whether the server has broken it off. */
        public boolean reset() {
            return reset;
        }
    }

    /**
     * Begins to talk.
     *
     * @param socket connected, and with TLS if there is to be any
     * @param window how many bytes of a body the server may send before more are allowed
     */
    public Http2Client(Socket socket, int window) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.getOutputStream().write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        // SETTINGS_ENABLE_PUSH 0, SETTINGS_INITIAL_WINDOW_SIZE
        ByteBuffer settings = ByteBuffer.allocate(12);
        settings.putShort((short) 2).putInt(0).putShort((short) 4).putInt(window);
        send(SETTINGS, 0, 0, settings.array());
        allow(0, LARGEST_WINDOW);
    }

    /** Puts TLS on a connected socket, with HTTP/2 as the only application protocol. */
    public static SSLSocket encrypt(Socket socket, SSLContext context) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        if (!secure.getApplicationProtocol().equals("h2")) {
            throw new IOException("application protocol: " + secure.getApplicationProtocol() + " (expected: h2)");
        }
        return secure;
    }

    /** Sends a request without a body; the lines are fields, and one that begins with {@code Host:} is the authority. */
    public Stream request(String method, String target, String... lines) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        literal(block, ":method", method);
        literal(block, ":scheme", socket instanceof SSLSocket ? "https" : "http");
        literal(block, ":authority", authority(lines));
        literal(block, ":path", target);
        for (String line : lines) {
            if (line.startsWith("Host:")) {
                continue;
            }
            int colon = line.indexOf(':');
            literal(
                    block,
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        Stream stream = new Stream(nextStream);
        nextStream += 2;
        streams.put(stream.id, stream);
        send(HEADERS, END_STREAM | END_HEADERS, stream.id, block.toByteArray());
        return stream;
    }

    private static String authority(String... lines) {
        return Arrays.stream(lines)
                .filter(line -> line.startsWith("Host:"))
                .map(line -> line.substring("Host:".length()).strip())
                .findFirst()
                .orElse("localhost");
    }

    /** A literal field without indexing and without Huffman coding (RFC 7541 §6.2.2). */
    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        string(block, name);
        string(block, value);
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = octets.length;
        if (rest < 127) {
            block.write(rest);
        } else {
            block.write(127);
            for (rest -= 127; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(octets);
    }

    /** Allows the server to send so many bytes more, on one stream or (0) on all. */
    public void allow(int stream, int bytes) throws IOException {
        send(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    /** Gives a stream up. */
    public void cancel(Stream stream) throws IOException {
        send(RST_STREAM, 0, stream.id, ByteBuffer.allocate(4).putInt(8).array());
    }

    /** Waits for the fields of a stream, and allows nothing. */
    public Stream awaitHead(Stream stream) throws IOException {
        while (stream.fields == null && !stream.reset) {
            readFrame(null);
        }
        return stream;
    }

    /** Waits for so many bytes of a stream's body, or its end, and allows what is needed for that. */
    public Stream awaitBody(Stream stream, long length) throws IOException {
        payOwed(stream);
        while (!stream.ended && !stream.reset && stream.body.size() < length) {
            readFrame(stream);
        }
        return stream;
    }

    /** Waits for the end of a stream. */
    public Stream awaitEnd(Stream stream) throws IOException {
        return awaitBody(stream, Long.MAX_VALUE);
    }

    /** Waits for the end of a stream while all others may be sent as well. */
    public Stream awaitEndOfAll(Stream stream) throws IOException {
        payOwed(stream);
        while (!stream.ended && !stream.reset) {
            readFrame(ANY);
        }
        return stream;
    }

    /** Waits until the server closes the connection. */
    public void awaitClose() throws IOException {
        try {
            while (true) {
                readFrame(null);
            }
        } catch (EOFException | SocketException closed) {
            return;
        }
    }

    /** Whether the server has said that it takes no more streams. */
    public boolean goneAway() {
        return goneAway;
    }

    /** Reads one frame; what comes of a body is allowed again for {@code credited}. */
    private void readFrame(Stream credited) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        Stream stream = streams.get(in.readInt());
        byte[] payload = in.readNBytes(length);
        switch (type) {
            case DATA -> data(stream, flags, payload, credited);
            case HEADERS -> {
                stream.fields = decoder.decode(payload);
                stream.ended = (flags & END_STREAM) != 0;
            }
            case RST_STREAM -> {
                stream.reset = true;
                stream.error = ByteBuffer.wrap(payload).getInt();
            }
            case SETTINGS, PING -> acknowledge(type, flags, payload);
            case GOAWAY -> goneAway = true;
            default -> {
                // Windows for requests' bodies: there are none.
            }
        }
    }

    private void data(Stream stream, int flags, byte[] payload, Stream credited) throws IOException {
        stream.body.writeBytes(payload);
        stream.ended = (flags & END_STREAM) != 0;
        if (payload.length > 0) {
            allow(0, payload.length);
            stream.owed += payload.length;
            if (credited == stream || credited == ANY) {
                payOwed(stream);
            }
        }
    }

    /** Allows again what has come of a stream. */
    private void payOwed(Stream stream) throws IOException {
        if (stream.owed > 0 && !stream.ended && !stream.reset) {
            allow(stream.id, stream.owed);
        }
        stream.owed = 0;
    }

    private void acknowledge(int type, int flags, byte[] payload) throws IOException {
        if ((flags & ACK) == 0) {
            send(type, ACK, 0, type == PING ? payload : new byte[0]);
        }
    }

    private void send(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        socket.getOutputStream().write(frame.array());
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
