package dev.sluice.calibration;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The techniques as the server has them: the file is open and mapped before the first request, and a request costs what is left
 * to be done then. A head of the usual length goes before the bytes; mapped bytes go together with it, by one writev.
 */
final class Senders {
    /** The bytes of a usual head of the server. */
    static final int HEAD = 256;

    /** What {@code copy} reads at once: the size at which a larger buffer gains nothing any more. */
    private static final int COPIED = 64 << 10;

    private static final int DIRECT = 1 << 20;

    /** Of a nonce of 128 bits. */
    private static final byte[] PATCH = "0123456789abcdefghijkl".getBytes(StandardCharsets.US_ASCII);

    private Senders() {}

    /**
     * Opens a file for a technique.
     *
     * @param size bytes to be sent of it
     * @param chunk bytes that one sendfile asks for at most
     */
    static Sender open(Technique technique, Path file, long size, long chunk) throws IOException {
        return switch (technique) {
            case COPY -> new Copy(FileChannel.open(file), size, ByteBuffer.allocateDirect(COPIED), 1);
            case MMAP -> new Mapped(FileChannel.open(file), FileChannel.MapMode.READ_ONLY, size);
            case SENDFILE -> new Sendfile(FileChannel.open(file), size, chunk);
            case DIRECT -> direct(file, size);
            case COW ->
                new Mapped(
                        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        FileChannel.MapMode.PRIVATE,
                        size);
        };
    }

    private static Sender direct(Path file, long size) throws IOException {
        int block = (int) Files.getFileStore(file).getBlockSize();
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(DIRECT + block).alignedSlice(block).slice(0, DIRECT);
        return new Copy(
                FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT), size, buffer, block);
    }

    private static ByteBuffer newHead() {
        return ByteBuffer.allocateDirect(HEAD);
    }

    private static void write(SocketChannel socket, ByteBuffer... buffers) throws IOException {
        ByteBuffer last = buffers[buffers.length - 1];
        while (last.hasRemaining()) {
            socket.write(buffers);
        }
    }

    /** Through a buffer, whichever way it is read; the head goes with the first of it. */
    private record Copy(FileChannel file, long size, ByteBuffer buffer, int block, ByteBuffer head) implements Sender {
        Copy(FileChannel file, long size, ByteBuffer buffer, int block) {
            this(file, size, buffer, block, newHead());
        }

        @Override
        public void send(SocketChannel socket) throws IOException {
            head.clear();
            long sent = 0;
            while (sent < size) {
                int wanted = (int) Math.min(buffer.capacity(), size - sent);
                buffer.clear().limit((wanted + block - 1) / block * block);
                int read = file.read(buffer, sent);
                buffer.flip().limit(Math.min(read, wanted));
                write(socket, head, buffer);
                sent += buffer.limit();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** From a mapping; of a private one some bytes are written first. */
    private record Mapped(FileChannel file, MappedByteBuffer mapping, boolean patched, ByteBuffer head)
            implements Sender {
        Mapped(FileChannel file, FileChannel.MapMode mode, long size) throws IOException {
            this(file, file.map(mode, 0, size), mode == FileChannel.MapMode.PRIVATE, newHead());
        }

        @Override
        public void send(SocketChannel socket) throws IOException {
            if (patched) {
                mapping.put(mapping.capacity() / 2, PATCH);
            }
            write(socket, head.clear(), mapping.clear());
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private record Sendfile(FileChannel file, long size, long chunk, ByteBuffer head) implements Sender {
        Sendfile(FileChannel file, long size, long chunk) {
            this(file, size, chunk, newHead());
        }

        @Override
        public void send(SocketChannel socket) throws IOException {
            write(socket, head.clear());
            long sent = 0;
            while (sent < size) {
                sent += file.transferTo(sent, Math.min(chunk, size - sent), socket);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
