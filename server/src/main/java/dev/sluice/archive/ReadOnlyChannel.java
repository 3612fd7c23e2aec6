package dev.sluice.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A part of a file as a file of its own, for reading: what all such have in common. */
abstract class ReadOnlyChannel extends FileChannel {
    private static final int PIECE = 32 << 10;

    private long position;

    @Override
    public final synchronized int read(ByteBuffer into) throws IOException {
        int read = read(into, position);
        position += Math.max(0, read);
        return read;
    }

    @Override
    public final long read(ByteBuffer[] into, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (into[i].hasRemaining()) {
                return read(into[i]);
            }
        }
        return 0;
    }

    @Override
    public final synchronized long position() {
        return position;
    }

    @Override
    public final synchronized FileChannel position(long next) {
        position = next;
        return this;
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, count));
        return read(piece, from) <= 0 ? 0 : target.write(piece.flip());
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) throws IOException {
        throw new IOException("this part of the archive cannot be mapped");
    }

    @Override
    public final int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public final long write(ByteBuffer[] bytes, int offset, int length) {
        throw new NonWritableChannelException();
    }

    @Override
    public final int write(ByteBuffer bytes, long at) {
        throw new NonWritableChannelException();
    }

    @Override
    public final FileChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public final void force(boolean metaData) {}

    @Override
    public final long transferFrom(ReadableByteChannel source, long at, long count) {
        throw new NonWritableChannelException();
    }

    @Override
    public final FileLock lock(long at, long size, boolean shared) throws IOException {
        throw new IOException("a part of an archive cannot be locked");
    }

    @Override
    public final FileLock tryLock(long at, long size, boolean shared) throws IOException {
        throw new IOException("a part of an archive cannot be locked");
    }
}
