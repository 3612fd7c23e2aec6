package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Many downloads of one file at once, by one thread: some wait when they have their heads, until they are told to go on. */
final class Downloads implements AutoCloseable {
    /** Next to nothing, so that the server has to wait for whoever waits. */
    private static final int SMALL_BUFFER = 4 << 10;

    private static final int LARGE_BUFFER = 256 << 10;

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final List<Download> all = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private final byte[] content;

    /** @param content what each is to get */
    Downloads(byte[] content) throws IOException {
        this.content = content;
    }

    /** One of them. */
    final class Download {
        private final SocketChannel channel;
        private final SelectionKey key;
        private int headEnd;
        private int received;
        private boolean ended;

        private Download(URI server, String path) throws IOException {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        boolean hasHead() {
            return headEnd == END_OF_HEAD.length;
        }

        boolean whole() {
            return received == content.length;
        }

        boolean ended() {
            return ended;
        }

        void pause() {
            key.interestOps(0);
        }

        void resume() throws IOException {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, LARGE_BUFFER);
            key.interestOps(SelectionKey.OP_READ);
        }

        /** Takes what has come; a reset ends it as well as a close. */
        private void read() {
            buffer.clear();
            try {
                ended = channel.read(buffer) < 0;
            } catch (IOException reset) {
                ended = true;
            }
            if (ended) {
                key.cancel();
            }
            buffer.flip();
            while (!hasHead() && buffer.hasRemaining()) {
                byte next = buffer.get();
                headEnd = next == END_OF_HEAD[headEnd] ? headEnd + 1 : next == END_OF_HEAD[0] ? 1 : 0;
            }
            int more = buffer.remaining();
            assertTrue(received + more <= content.length, "more than was asked for");
            assertEquals(-1, buffer.mismatch(ByteBuffer.wrap(content, received, more)), "a byte is another one");
            received += more;
        }
    }

    /** Asks, and waits for all heads; then nobody reads. */
    void begin(int count, URI server, String path) throws IOException {
        for (int i = 0; i < count; i++) {
            all.add(new Download(server, path));
        }
        readUntil("heads", all, Download::hasHead);
        all.forEach(Download::pause);
    }

    /** Those from a number on, before another. */
    List<Download> some(int from, int to) {
        return all.subList(from, to);
    }

    /** Reads on until each of them has ended, or has its bytes. */
    void finish(List<Download> some) throws IOException {
        for (Download download : some) {
            download.resume();
        }
        readUntil("bytes", some, download -> download.ended() || download.whole());
    }

    private void readUntil(String what, List<Download> some, Predicate<Download> done) {
        Await.present(what, () -> {
            try {
                selector.select(key -> ((Download) key.attachment()).read(), 10);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return some.stream().allMatch(done) ? Optional.of(true) : Optional.empty();
        });
    }

    @Override
    public void close() throws IOException {
        for (Download download : all) {
            download.channel.close();
        }
        selector.close();
    }
}
