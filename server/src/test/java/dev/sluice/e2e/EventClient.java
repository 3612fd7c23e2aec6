package dev.sluice.e2e;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reader of server-sent events on a socket of its own, which knows nothing but HTTP/1.1's chunks and the lines of a stream. No
 * read waits longer than {@link Await#PATIENCE}.
 */
final class EventClient implements AutoCloseable {
    private static final int LONGEST_HEAD = 1 << 14;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final RawResponse head;
    private final BufferedReader lines;
    private boolean ended;

    /**
     * An event.
     *
     * @param type {@code comment} for a comment, {@code retry} for the time to wait, else as it was sent
     * @param id of the event, or empty
     * @param data of the event, the comment, or the time
     */
    record Event(String type, String id, String data) {}

    /**
     * Asks for a stream.
     *
     * @param receiveBuffer bytes that the kernel may hold for a client that does not read, or 0 for its own choice
     */
    EventClient(URI admin, String target, int receiveBuffer, String... fields) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(admin.getHost(), admin.getPort()));
            String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            in = socket.getInputStream();
            head = readHead();
            lines = new BufferedReader(new InputStreamReader(new Chunks(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventClient open(TestServer server, String query, String... fields) {
        EventClient client = new EventClient(server.adminUri(), "/api/requests/stream" + query, 0, fields);
        if (client.head.status() == 200 && !client.next().equals(new Event("retry", "", "2000"))) {
            throw new AssertionError("a stream begins by the time to wait");
        }
        return client;
    }

    private RawResponse readHead() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < 4 || !text.substring(text.length() - 4).equals("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0 || text.length() > LONGEST_HEAD) {
                throw new AssertionError("head ends too early or never: " + text);
            }
            text.append((char) octet);
        }
        return RawResponse.head(text.substring(0, text.length() - 4));
    }

    RawResponse head() {
        return head;
    }

    /** The next event. */
    Event next() {
        return read().orElseThrow(() -> new AssertionError("the stream has ended"));
    }

    /** The next events of a type other than a comment. */
    List<Event> next(int count) {
        List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            Event event = next();
            if (!event.type().equals("comment")) {
                events.add(event);
            }
        }
        return events;
    }

    /** All that still comes, until the end that the last chunk makes. */
    List<Event> rest() {
        List<Event> events = new ArrayList<>();
        Optional<Event> event = read();
        while (event.isPresent()) {
            events.add(event.get());
            event = read();
        }
        return events;
    }

    /** Whether the last chunk has come, and not only the end of the connection. */
    boolean isEnded() {
        return ended;
    }

    private Optional<Event> read() {
        try {
            String type = "";
            String id = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                switch (colon < 0 ? line : line.substring(0, colon)) {
                    case "" -> {
                        if (colon < 0) {
                            return Optional.of(new Event(type, id, data));
                        }
                        type = "comment";
                        data = value;
                    }
                    case "retry" -> {
                        type = "retry";
                        data = value;
                    }
                    case "event" -> type = value;
                    case "id" -> id = value;
                    case "data" -> data = value;
                    default -> throw new AssertionError("not a line of an event: " + line);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body out of its chunks (RFC 9112 §7.1). */
    private final class Chunks extends FilterInputStream {
        private int left;
        private boolean begun;

        Chunks() {
            super(new BufferedInputStream(EventClient.this.in, 1 << 16));
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && !nextChunk()) {
                return -1;
            }
            int read = super.read(into, offset, Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        /** Else a decoder would go on to the next chunk, and wait for it, before it tells of what it has. */
        @Override
        public int available() {
            return 0;
        }

        private boolean nextChunk() throws IOException {
            if (begun) {
                line();
            }
            begun = true;
            String size = ended ? "" : line();
            if (size.isEmpty()) {
                return false;
            }
            left = Integer.parseInt(size, 16);
            ended = left == 0;
            return !ended;
        }

        /** A line without its end; empty at the end of the connection. */
        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int octet = super.read(); octet >= 0 && octet != '\n'; octet = super.read()) {
                line.append((char) octet);
            }
            return line.toString().strip();
        }
    }
}
