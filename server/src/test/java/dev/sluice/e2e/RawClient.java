package dev.sluice.e2e;

import dev.sluice.h2.Http2Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.ssl.SSLSocket;

/**
 * One connection, on which requests are sent as they are written. Which protocol it speaks is up to {@link E2eTransport}. No
 * read waits longer than {@link Await#PATIENCE}.
 */
interface RawClient extends AutoCloseable {
    /** Bytes of a body that a server of HTTP/2 may send to a client that does not read. */
    int SMALL_WINDOW = 1 << 16;

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
            // The window of HTTP/2 bounds what a client must hold; a tiny buffer beneath would only make it slow.
            if (receiveBuffer > 0 && E2eTransport.current() != E2eTransport.H2) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout((int) Await.PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            return speak(socket, receiveBuffer > 0 ? SMALL_WINDOW : 1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawClient speak(Socket socket, int window) throws IOException {
        E2eTransport transport = E2eTransport.current();
        if (transport == E2eTransport.CLEAR) {
            return new Http1RawClient(socket, socket);
        }
        if (transport == E2eTransport.H2) {
            return new Http2RawClient(new Http2Client(Http2Client.encrypt(socket, transport.trusting()), window));
        }
        SSLSocket secure = (SSLSocket) transport
                .trusting()
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secure.startHandshake();
        return new Http1RawClient(socket, secure);
    }

    /** Sends characters as octets of HTTP/1.1; where that is not spoken, the test is skipped. */
    RawClient send(String octets);

    /** Sends each octet by a write of its own, so that the server reads them in as many parts as it can keep up with. */
    default RawClient sendOctetByOctet(String octets) {
        octets.chars().forEach(octet -> send(Character.toString(octet)));
        return this;
    }

    /** Sends a request with these lines; Host is {@code localhost}, unless one of them is another. */
    RawClient request(String method, String target, String... lines);

    /** Reads the response to a GET. */
    default RawResponse read() {
        return read("GET");
    }

    /** Reads one whole response; the method decides whether it has a body. */
    RawResponse read(String method);

    /** Reads a head and leaves the body unread. */
    RawResponse readHead();

    /** Reads that many bytes, or as many as there are before the end. */
    byte[] readNBytes(int length);

    /** Reads all that comes until the server closes the connection; a reset ends it as well. */
    byte[] readToEnd();

    @Override
    void close();
}
