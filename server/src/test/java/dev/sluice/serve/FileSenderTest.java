package dev.sluice.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.archive.ArchiveEntry;
import dev.sluice.fault.Await;
import dev.sluice.io.Disk;
import dev.sluice.io.OpenFile;
import dev.sluice.io.OpenFiles;
import dev.sluice.ledger.IoPath;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;
import dev.sluice.site.FileFacts;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Bodies made of several parts of a file and of text, and bodies that are sent slowly on purpose. */
final class FileSenderTest {
    private static final int SIZE = 3 << 20;
    private static final int CHUNK = 1 << 16;
    private static final long PATIENCE_MILLIS = 20_000;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private final Ledger ledger = new Ledger(16, served -> {});
    private XnioWorker worker;
    private Connections connections;
    private OpenFiles files;
    private Disk disk;
    private final HangingChannel hanging = new HangingChannel(SIZE);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Listener listener;
    private volatile boolean unchanged = true;
    private volatile List<Segment> segments;
    private volatile ByteBuffer[] buffers;
    private volatile long pace;
    private volatile Consumer<HttpServerExchange> inflated;

    @BeforeEach
    void start() throws IOException {
        new Random(3).nextBytes(content);
        Files.write(folder.resolve("file"), content);
        files = new OpenFiles(4);
        disk = new Disk(2);
        Duration patience = Duration.ofSeconds(20);
        Limits limits = new Limits(10, 0, 0, 1 << 14, 0, patience, patience, patience, Duration.ofMillis(300), 0);
        connections = new Connections(limits, new LedgerObserver(ledger));
        worker = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.WORKER_TASK_CORE_THREADS, 2));
        listener = new Listener(
                worker,
                new DefaultByteBufferPool(true, 16_364, 64, 4),
                ListeningSocket.alone(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                limits,
                connections,
                new Front(this::handle, null),
                Transport.Clear.HTTP1);
        listener.start();
    }

    @AfterEach
    void stop() {
        hanging.letGo();
        listener.close();
        worker.shutdownNow();
        threads.shutdown();
        files.close();
        disk.close();
    }

    private void handle(HttpServerExchange exchange) {
        if (inflated != null) {
            inflated.accept(exchange);
            return;
        }
        Delivery delivery = Delivery.begin(exchange, Listener.wireOf(exchange), ledger);
        delivery.pace(pace);
        exchange.dispatch(() -> send(delivery, exchange.getRequestPath().equals("/stuck")));
    }

    /** A byte far inside of a file that has to be inflated. */
    private void sendInflated(HttpServerExchange exchange, Source.FromArchive source, Disk alone) {
        Delivery delivery = Delivery.begin(exchange, Listener.wireOf(exchange), ledger);
        InflatedTransfer transfer = new InflatedTransfer(source);
        delivery.exchange().getResponseHeaders().put(Headers.CONTENT_LENGTH, 1);
        delivery.plan(IoPath.COPY, "inflated", 1);
        delivery.hold(new Source.Both(source, new Source.FromInflation(transfer)));
        new FileSender(
                        delivery,
                        LargeFile.inflated(delivery, source, transfer, alone),
                        List.of(new Segment.Part(source.entry().size() - 1, 1)),
                        CHUNK,
                        new DiskFaults("read"),
                        delivery.channel())
                .start();
    }

    private void send(Delivery delivery, boolean stuck) {
        long length = buffers == null
                ? length(segments)
                : Arrays.stream(buffers).mapToLong(ByteBuffer::remaining).sum();
        delivery.exchange().getResponseHeaders().put(Headers.CONTENT_LENGTH, length);
        delivery.plan(buffers == null ? IoPath.SENDFILE : IoPath.COPY, "test", length);
        if (buffers != null) {
            BufferWriter.send(delivery, buffers);
            return;
        }
        Source.FromFile source = stuck ? share("stuck", hanging) : open();
        delivery.hold(source);
        new FileSender(
                        delivery,
                        LargeFile.cached(delivery, source, disk),
                        segments,
                        CHUNK,
                        new DiskFaults("read"),
                        delivery.channel())
                .start();
    }

    private Source.FromFile open() {
        try {
            return share("file", FileChannel.open(folder.resolve("file")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Source.FromFile share(String name, FileChannel channel) {
        try {
            FileFacts facts = new FileFacts(SIZE, Instant.EPOCH, name);
            return new Source.FromFile(files.acquire(name, channel), facts, () -> unchanged, Bypass.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(List<Segment> segments) {
        return segments.stream()
                .mapToLong(segment -> segment instanceof Segment.Part part
                        ? part.length()
                        : ((Segment.Text) segment).bytes().remaining())
                .sum();
    }

    private static Segment.Text text(String text) {
        return new Segment.Text(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private Socket ask(String path) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), listener.address().getPort());
        socket.setSoTimeout((int) PATIENCE_MILLIS);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
        return socket;
    }

    /** The body of one request, as far as it comes. */
    private byte[] body() throws IOException {
        try (Socket socket = ask("/")) {
            byte[] all = socket.getInputStream().readAllBytes();
            int head = new String(all, ISO_8859_1).indexOf("\r\n\r\n") + 4;
            return Arrays.copyOfRange(all, head, all.length);
        }
    }

    private Served record() throws Exception {
        Await.equal(1, () -> ledger.recent(served -> true, 16).size());
        return ledger.recent(served -> true, 16).get(0);
    }

    private byte[] expected(Object... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object piece : pieces) {
            if (piece instanceof String text) {
                all.writeBytes(text.getBytes(UTF_8));
            } else {
                Segment.Part part = (Segment.Part) piece;
                all.write(content, (int) part.offset(), (int) part.length());
            }
        }
        return all.toByteArray();
    }

    @Test
    void send_partsAndText_areInThatOrder() throws Exception {
        Segment.Part end = new Segment.Part(SIZE - 1_000_000, 1_000_000);
        Segment.Part start = new Segment.Part(0, 500_000);
        Segment.Part one = new Segment.Part(77, 1);
        segments = List.of(text("--a\r\n"), end, text("\r\n--a\r\n"), start, text("|"), one, text("\r\n--a--\r\n"));

        assertArrayEquals(expected("--a\r\n", end, "\r\n--a\r\n", start, "|", one, "\r\n--a--\r\n"), body());

        Served record = record();
        assertTrue(record.complete());
        assertEquals(IoPath.SENDFILE, record.observed());
        assertEquals(record.bytes() - 1_500_001, record.userCopiedBytes());
    }

    @Test
    void send_closingText_isHeldBackUntilTheFileWasLookedAt() throws Exception {
        Segment.Part part = new Segment.Part(0, 100_000);
        segments = List.of(text("open"), part, text("close"));
        unchanged = false;

        assertArrayEquals(expected("open", part), body());
        assertEquals("changed", record().reason());
        assertFalse(record().complete());
    }

    @Test
    void send_singlePart_holdsItsLastByteBack() throws Exception {
        segments = List.of(new Segment.Part(10, 100_000));
        unchanged = false;
        assertArrayEquals(expected(new Segment.Part(10, 99_999)), body());
    }

    @Test
    void send_partBeyondTheEnd_isBrokenOff() throws Exception {
        segments = List.of(new Segment.Part(SIZE - 10, 20), text("close"));
        assertArrayEquals(expected(new Segment.Part(SIZE - 10, 10)), body());
        assertEquals("shrunk", record().reason());
    }

    @Test
    void sendBuffers_several_areInThatOrder() throws Exception {
        ByteBuffer large = ByteBuffer.allocateDirect(SIZE).put(content).flip();
        buffers = new ByteBuffer[] {
            text("open").bytes(),
            ByteBuffer.allocate(0),
            large.slice(5, 1_000_000),
            text("close").bytes()
        };
        assertArrayEquals(expected("open", new Segment.Part(5, 1_000_000), "close"), body());
        assertTrue(record().complete());
    }

    /** The write timeout is 300 ms, and the whole takes longer. */
    @Test
    void send_paced_takesItsTimeAndIsNotTakenForStalled() throws Exception {
        worker.getIoThread().executeAtInterval(connections::closeStalled, 50, TimeUnit.MILLISECONDS);
        Segment.Part part = new Segment.Part(0, 150_000);
        segments = List.of(part);
        assertPaced(part);
    }

    @Test
    void sendBuffers_paced_takesItsTimeAndIsNotTakenForStalled() throws Exception {
        worker.getIoThread().executeAtInterval(connections::closeStalled, 50, TimeUnit.MILLISECONDS);
        buffers = new ByteBuffer[] {ByteBuffer.wrap(content, 0, 150_000).slice()};
        assertPaced(new Segment.Part(0, 150_000));
    }

    @Test
    void send_pacedBelowOneSliceInAWriteTimeout_isNotTakenForStalled() throws Exception {
        worker.getIoThread().executeAtInterval(connections::closeStalled, 50, TimeUnit.MILLISECONDS);
        pace = 2;
        segments = List.of(new Segment.Part(0, 4));
        assertArrayEquals(expected(new Segment.Part(0, 4)), body());
        assertTrue(record().complete());
    }

    /** There are two workers and two threads for the disk; more downloads than both together wait for one that hangs. */
    @Test
    void send_whileADiskHangs_goesOnWithWhatIsInMemory() throws Exception {
        Segment.Part part = new Segment.Part(0, 2_000_000);
        segments = List.of(part);
        List<Socket> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                stuck.add(ask("/stuck"));
            }
            Await.equal(2, hanging::waiting);

            for (int i = 0; i < 4; i++) {
                assertArrayEquals(expected(part), body());
            }
            assertEquals(2, hanging.waiting());
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    /** What waits for the only thread of the disk gets its turn before all of the file is inflated. */
    @Test
    void send_lastByteOfALargeDeflatedFile_letsOthersHaveTheirTurn() throws Exception {
        Disk alone = new Disk(1);
        try {
            DeflatedZeros zeros = new DeflatedZeros(64 << 20);
            AtomicInteger readBefore = new AtomicInteger(-1);
            zeros.atFirst = () -> alone.execute(() -> readBefore.set(zeros.reads.get()));
            Source.FromArchive source = new Source.FromArchive(
                    files.acquire("zeros", zeros),
                    zeros.entry(),
                    new FileFacts(zeros.entry().size(), Instant.EPOCH, "zeros"),
                    () -> true);
            inflated = exchange -> exchange.dispatch(() -> sendInflated(exchange, source, alone));

            assertArrayEquals(new byte[1], body());

            assertTrue(record().complete());
            Await.until(() -> readBefore.get() >= 0);
            assertTrue(readBefore.get() < zeros.reads.get(), readBefore + " of " + zeros.reads);
        } finally {
            alone.close();
        }
    }

    /** Zeros as they lie in an archive, compressed. */
    private static final class DeflatedZeros extends HangingChannel {
        private final AtomicInteger reads = new AtomicInteger();
        private final byte[] bytes;
        private final int length;
        private final ArchiveEntry entry;
        private Runnable atFirst = () -> {};

        DeflatedZeros(int size) {
            super(size);
            byte[] zeros = new byte[size];
            CRC32 crc = new CRC32();
            crc.update(zeros);
            bytes = new byte[size / 100];
            Deflater deflater = new Deflater(1, true);
            deflater.setInput(zeros);
            deflater.finish();
            length = deflater.deflate(bytes);
            deflater.end();
            entry = new ArchiveEntry(0, true, crc.getValue(), length, size, Instant.EPOCH);
        }

        ArchiveEntry entry() {
            return entry;
        }

        @Override
        public int read(ByteBuffer into, long position) {
            if (reads.getAndIncrement() == 0) {
                atFirst.run();
            }
            int read = (int) Math.min(into.remaining(), length - position);
            into.put(bytes, (int) position, read);
            return read;
        }
    }

    /** Whoever ends a response is an I/O thread, which waits for no disk. */
    @Test
    void closeInflation_whileADiskHangs_doesNotWait() throws Exception {
        ArchiveEntry entry = new ArchiveEntry(0, true, 0, SIZE, SIZE, Instant.EPOCH);
        OpenFile open = files.acquire("hanging", hanging);
        InflatedTransfer transfer = new InflatedTransfer(
                new Source.FromArchive(open, entry, new FileFacts(SIZE, Instant.EPOCH, "hanging"), () -> true));
        // Not in the common pool, which has one thread on two processors.
        CompletableFuture<IOException> reader = CompletableFuture.supplyAsync(
                () -> assertThrows(IOException.class, () -> transfer.approach(SIZE - 1)), threads);
        Await.equal(1, hanging::waiting);

        CompletableFuture.runAsync(transfer::close, threads).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

        assertEquals(1, hanging.waiting());
        hanging.letGo();
        assertEquals(
                "the disk failed",
                reader.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).getMessage());
        assertThrows(ClosedChannelException.class, () -> transfer.approach(SIZE - 1));
    }

    @Test
    void send_diskFails_isBrokenOff() throws Exception {
        hanging.letGo();
        segments = List.of(new Segment.Part(0, 100_000));
        try (Socket socket = ask("/stuck")) {
            socket.getInputStream().readAllBytes();
        }
        assertEquals("io-error", record().reason());
    }

    /** Closing a file waits for those who read from it, so nobody may close it while one is stuck there. */
    @Test
    void send_stuckInADisk_isCutOffAfterTheWriteTimeoutAndCloses() throws Exception {
        worker.getIoThread().executeAtInterval(connections::closeStalled, 50, TimeUnit.MILLISECONDS);
        segments = List.of(new Segment.Part(0, 100_000));
        try (Socket socket = ask("/stuck")) {
            socket.getInputStream().readAllBytes();
        }
        assertEquals("stalled", record().reason());
        assertEquals(1, hanging.waiting());
        files.close();
        assertTrue(hanging.isOpen());

        hanging.letGo();

        Await.until(() -> !hanging.isOpen());
    }

    private void assertPaced(Segment.Part part) throws Exception {
        pace = 100_000;
        long began = System.nanoTime();
        assertArrayEquals(expected(part), body());
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(record().complete());
        // The first slice goes at once.
        assertTrue(took >= 1_350, "took: " + took);
    }
}
