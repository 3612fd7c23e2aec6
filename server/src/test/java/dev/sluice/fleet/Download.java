package dev.sluice.fleet;

import dev.sluice.fault.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A download of the film that has begun, and waits to be gone on with. */
final class Download implements AutoCloseable {
    private static final int BEGINNING = 1 << 20;
    private static final int RECEIVE_BUFFER = 1 << 16;

    private final int port;
    private final RawConnection connection;
    private final RawConnection.Head head;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();

    /** Begins it. */
    Download(int port) throws IOException {
        this.port = port;
        this.connection = new RawConnection(port, RECEIVE_BUFFER);
        connection.send("GET", Release.FILM);
        this.head = connection.readHead();
        got.writeBytes(connection.read(BEGINNING));
    }

    /** The server that it comes from. */
    String replica() {
        return head.field("x-replica");
    }

    /** Reads on, to the end of the film or until it breaks off, and gives what has come. */
    byte[] goOn() {
        try {
            while (got.size() < head.length()) {
                byte[] more = connection.read((int) Math.min(BEGINNING, head.length() - got.size()));
                got.writeBytes(more);
                if (more.length == 0) {
                    break;
                }
            }
        } catch (IOException reset) {
            // A reset ends a body as well as a close does.
        }
        return got.toByteArray();
    }

    /**
     * Asks again for what has not come, if it is of the same film.
     *
     * @return the answer, whose body is the rest if its status is 206
     */
    RawConnection.Response resume() throws IOException {
        try (RawConnection again = new RawConnection(port)) {
            return again.get(Release.FILM, "Range: bytes=" + got.size() + "-", "If-Range: " + head.field("etag"));
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
