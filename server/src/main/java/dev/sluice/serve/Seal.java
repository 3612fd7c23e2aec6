package dev.sluice.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is held back of a file's body until the file has been looked at again: closing text if the body ends with that, else
 * the last byte.
 *
 * <p>The byte is read, then the file is looked at, and if that finds it unchanged the byte is written. Sent by sendfile like
 * the rest, it could be a writer's who came just after the look (seen twice in 95,000 responses).
 */
final class Seal {
    private static final long TEXT = -1;

    private final long position;
    private final ByteBuffer bytes;
    private boolean ready;

    private Seal(long position, ByteBuffer bytes) {
        this.position = position;
        this.bytes = bytes;
        this.ready = position == TEXT;
    }

    /** The seal of a body that consists of these segments, of which the last is not empty. */
    static Seal of(List<Segment> segments) {
        Segment last = segments.get(segments.size() - 1);
        return last instanceof Segment.Part part
                ? new Seal(part.offset() + part.length() - 1, ByteBuffer.allocate(1))
                : new Seal(TEXT, ((Segment.Text) last).bytes());
    }

    /** What is to be sent before it. */
    List<Segment> before(List<Segment> segments) {
        List<Segment> before = new ArrayList<>(segments);
        if (before.remove(before.size() - 1) instanceof Segment.Part part && part.length() > 1) {
            before.add(new Segment.Part(part.offset(), part.length() - 1));
        }
        return before;
    }

    /** Where the byte stands that has yet to be read from the file; -1 if none has. */
    long unread() {
        return ready ? TEXT : position;
    }

    /**
     * The bytes, consumed while they are sent. A byte of the file is read at the first call.
     *
     * @throws ShrunkException if the file ends before it
     */
    ByteBuffer bytes(FileTransfer transfer) throws IOException {
        if (!ready) {
            transfer.read(position, bytes);
            bytes.flip();
            ready = true;
        }
        return bytes;
    }
}
