package dev.sluice.h2;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A connection of HTTP/2 in clear text on which frames are sent as a test writes them, right or wrong. */
final class FrameConnection implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final String[] ERRORS = {
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED",
        "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM"
    };

    /** No read waits longer, in milliseconds. */
    private static final int PATIENCE = 20_000;

    private static final byte[] MARK = "are you?".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final DataInputStream in;
    private final ResponseFields decoder = new ResponseFields();

    /** For as little as the kernel can hold back of what the server sends. */
    private static final int RECEIVE_BUFFER = 4096;

    FrameConnection(int port) throws IOException {
        this.socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Sends what a connection begins with; {@code settings} is the payload of the first frame. */
    FrameConnection begin(byte... settings) throws IOException {
        return send(PREFACE.getBytes(StandardCharsets.US_ASCII)).send(frame(SETTINGS, 0, 0, settings));
    }

    FrameConnection sendPreface() throws IOException {
        return send(PREFACE.getBytes(StandardCharsets.US_ASCII));
    }

    FrameConnection send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        socket.getOutputStream().flush();
        return this;
    }

    /** A frame (RFC 9113 §4.1). */
    static byte[] frame(int type, int flags, int stream, byte... payload) {
        int length = payload.length;
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (length >> 16)).putShort((short) length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        return frame.array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** One setting (RFC 9113 §6.5.1). */
    static byte[] setting(int identifier, int value) {
        return ByteBuffer.allocate(6).putShort((short) identifier).putInt(value).array();
    }

    /** A header block of names and values in turn, as literals without indexing (RFC 7541 §6.2.2); none is longer than 126. */
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            for (String text : new String[] {fields[i], fields[i + 1]}) {
                block.write(text.length());
                block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return block.toByteArray();
    }

    /** What a request for the file begins with, and further fields. */
    static byte[] get(String... further) {
        return join(block(":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/a.txt"), block(further));
    }

    /** A whole request. */
    static byte[] request(int stream, String... further) {
        return frame(HEADERS, END_STREAM | END_HEADERS, stream, get(further));
    }

    /**
     * Reads until the server objects to what was sent, or has answered a ping that is sent now. A response stands for itself.
     *
     * @return {@code GOAWAY code}, {@code RST_STREAM code}, {@code closed}, {@code status n}, or {@code accepted}
     */
    String outcome() throws IOException {
        try {
            send(frame(PING, 0, 0, MARK));
        } catch (SocketException closed) {
            // What the server said before may still be there to be read.
        }
        String outcome = "accepted";
        for (String next = next(); !next.equals("answered"); next = next()) {
            if (!next.startsWith("status ")) {
                return next;
            }
            outcome = next;
        }
        return outcome;
    }

    /** Reads until there is a response, or the server objects: the same words. */
    String answer() throws IOException {
        String next = next();
        while (next.equals("answered")) {
            next = next();
        }
        return next;
    }

    /** What the server announces by its first frame (RFC 9113 §3.4) for a setting, or -1 for nothing. */
    long announced(int identifier) throws IOException {
        ByteBuffer settings = read().payload();
        while (settings.hasRemaining()) {
            int setting = settings.getShort();
            long value = Integer.toUnsignedLong(settings.getInt());
            if (setting == identifier) {
                return value;
            }
        }
        return -1;
    }

    /** One frame of the server's. */
    private record Frame(int type, int flags, ByteBuffer payload) {}

    private Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        in.readInt();
        return new Frame(type, flags, ByteBuffer.wrap(in.readNBytes(length)));
    }

    /** The next thing that is said. */
    private String next() throws IOException {
        try {
            while (true) {
                Frame frame = read();
                ByteBuffer payload = frame.payload();
                switch (frame.type()) {
                    case GOAWAY -> {
                        return "GOAWAY " + ERRORS[payload.getInt(4)];
                    }
                    case RST_STREAM -> {
                        return "RST_STREAM " + ERRORS[payload.getInt(0)];
                    }
                    case HEADERS -> {
                        return "status " + status(payload);
                    }
                    case PING -> {
                        if ((frame.flags() & ACK) != 0 && payload.equals(ByteBuffer.wrap(MARK))) {
                            return "answered";
                        }
                    }
                    default -> {
                        // Settings, windows and bodies are no answer to an error.
                    }
                }
            }
        } catch (EOFException | SocketException closed) {
            return "closed";
        }
    }

    /**
     * Sends the same again and again and reads nothing.
     *
     * @return whether the server has closed the connection before it was sent so often
     */
    boolean isClosedWithin(int times, byte[] octets) {
        try {
            for (int i = 0; i < times; i++) {
                send(octets);
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private String status(ByteBuffer payload) {
        byte[] block = new byte[payload.remaining()];
        payload.get(block);
        return String.join("", decoder.decode(block).get(":status"));
    }

    /** Waits until the server closes the connection. */
    void awaitClose() throws IOException {
        try {
            in.skipNBytes(Long.MAX_VALUE);
        } catch (EOFException | SocketException closed) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
