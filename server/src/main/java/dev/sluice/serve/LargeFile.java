package dev.sluice.serve;

import dev.sluice.io.DirectReader;
import dev.sluice.io.Disk;
import dev.sluice.io.OpenFile;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A file on its way to one client: what of it can be had without waiting for a disk, and what brings it to the client. */
final class LargeFile {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final Delivery delivery;
    private final OpenFile file;
    private final Unchanged unchanged;
    private final Disk disk;
    private final FileTransfer transfer;
    private final @Nullable ReadAhead ahead;

    private LargeFile(
            Delivery delivery,
            OpenFile file,
            Unchanged unchanged,
            Disk disk,
            FileTransfer transfer,
            @Nullable ReadAhead ahead) {
        this.delivery = delivery;
        this.file = file;
        this.unchanged = unchanged;
        this.disk = disk;
        this.transfer = transfer;
        this.ahead = ahead;
    }

    /** Through the page cache: by sendfile(2), or through a buffer where that cannot be. */
    static LargeFile cached(Delivery delivery, Source.FromFile source, Disk disk) {
        OpenFile file = source.file();
        FileTransfer transfer = delivery.egress().carrier().copies()
                ? new BufferedTransfer(
                        file.channel(), delivery.exchange().getConnection().getByteBufferPool())
                : new SendfileTransfer(file.channel());
        return new LargeFile(
                delivery, file, source.unchanged(), disk, transfer, new ReadAhead(file, disk, System::nanoTime));
    }

    /**
     * Past the page cache.
     *
     * @param file the source's, opened with O_DIRECT; held by the delivery
     */
    static LargeFile direct(Delivery delivery, Source.FromFile source, OpenFile file, Disk disk) {
        FileTransfer transfer = new DirectTransfer(new DirectReader(file, disk.buffers()), delivery.egress());
        return new LargeFile(delivery, file, source.unchanged(), disk, transfer, null);
    }

    /** Inflated from an archive. What that takes is done by the disk's threads, since it may take long. */
    static LargeFile inflated(Delivery delivery, Source.FromArchive source, InflatedTransfer transfer, Disk disk) {
        return new LargeFile(delivery, source.file(), source.unchanged(), disk, transfer, null);
    }

    FileTransfer transfer() {
        return transfer;
    }

    /** Whether the first of these bytes can be sent without waiting for a disk; never past the page cache. */
    boolean near(long position, long length) {
        return ahead != null && ahead.ready(position, length);
    }

    /** How many bytes from there may be sent at once. What lies behind them has not been asked for. */
    long reach(long position) {
        return ahead == null ? Long.MAX_VALUE : ahead.reach(position);
    }

    /**
     * Does what may wait for the disk.
     *
     * @throws java.util.concurrent.RejectedExecutionException if too much waits already
     */
    void whenRead(Runnable reads) {
        disk.execute(() -> read(reads));
    }

    /** The lease is for one who is stuck here when the response has long ended: closing a file waits for its readers. */
    private void read(Runnable reads) {
        if (!file.acquire()) {
            return;
        }
        try {
            reads.run();
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.SEVERE, "unexpected failure while sending a file", bug);
            delivery.abort(Reasons.INTERNAL_ERROR);
        } finally {
            file.release();
        }
    }

    /** Brings the first of these bytes near. Blocking. */
    void fetch(long position, long length) throws IOException {
        if (ahead != null) {
            ahead.fetch(position, length);
        } else if (transfer instanceof InflatedTransfer inflated) {
            inflated.approach(position);
        }
    }

    /** Whether a byte can be read within one turn, be it from the disk; what is farther is to be fetched first. Blocking. */
    boolean withinTurn(long position) {
        return !(transfer instanceof InflatedTransfer inflated) || inflated.isNear(position);
    }

    /** Sending from there had to wait for the disk. */
    void waitedAt(long position) {
        if (ahead != null) {
            ahead.waitedAt(position);
        }
    }

    /** Whether it still has the facts from which the response's fields were made. Blocking. */
    boolean unchanged() {
        try {
            return unchanged.check();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The same, if that can be told without waiting for a disk; false if not. */
    boolean unchangedAtOnce() {
        return unchanged.atOnce();
    }
}
