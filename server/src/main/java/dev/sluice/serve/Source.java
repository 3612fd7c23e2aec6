package dev.sluice.serve;

import dev.sluice.archive.ArchiveEntry;
import dev.sluice.io.OpenFile;
import dev.sluice.io.PrivateViews;
import dev.sluice.io.RegionSlice;
import dev.sluice.site.FileFacts;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;

/** Where a response's body is to come from. Whatever holds a lease has it already taken. */
sealed interface Source {
    /** Gives back whatever is leased; to be called once. */
    default void release() {}

    /** No body, or one that the plan carries itself. */
    record Nowhere() implements Source {
        static final Nowhere INSTANCE = new Nowhere();
    }

    /** A body in a region, leased. */
    record FromRegion(RegionSlice slice) implements Source {
        @Override
        public void release() {
            slice.release();
        }
    }

    /**
     * A body read for this response alone.
     *
     * @param why it did not come into a region: a token for the record
     */
    record FromMemory(ByteBuffer bytes, String why) implements Source {}

    /** What a slow client has not taken yet of a body whose region is to be emptied. */
    record FromRefuge(Refuge refuge, long bytes) implements Source {
        @Override
        public void release() {
            refuge.giveBack(bytes);
        }
    }

    /**
     * An open file.
     *
     * @param file leased
     * @param facts it had when it was planned for
     * @param unchanged tells whether it still has them
     * @param bypass opens it past the page cache
     */
    record FromFile(OpenFile file, FileFacts facts, Unchanged unchanged, Bypass bypass) implements Source {
        @Override
        public void release() {
            file.release();
        }
    }

    /**
     * A file that lies compressed in an archive.
     *
     * @param file the compressed bytes, leased
     * @param entry what the archive says of it
     * @param facts it had when it was planned for
     * @param unchanged tells whether it still has them
     */
    record FromArchive(OpenFile file, ArchiveEntry entry, FileFacts facts, Unchanged unchanged) implements Source {
        @Override
        public void release() {
            file.release();
        }
    }

    /**
     * What inflates a file, and is to be ended with the response.
     *
     * @param transfer inflates it
     */
    record FromInflation(InflatedTransfer transfer) implements Source {
        @Override
        public void release() {
            transfer.close();
        }
    }

    /**
     * A file open past the page cache.
     *
     * @param file leased
     */
    record FromDisk(OpenFile file) implements Source {
        @Override
        public void release() {
            file.release();
        }
    }

    /**
     * A body that is made while it is sent.
     *
     * @param producer makes it
     */
    record FromProducer(Producer producer) implements Source {
        @Override
        public void release() {
            IoUtils.safeClose(producer);
        }
    }

    /**
     * Events that are told as they happen.
     *
     * @param stream which is told when its response has ended
     */
    record FromEvents(ReloadStream stream) implements Source {
        @Override
        public void release() {
            stream.close();
        }
    }

    /** A page into which something is written for this response. */
    record FromTemplate(Template template, Source page) implements Source {
        @Override
        public void release() {
            page.release();
        }
    }

    /** A private view of a page, patched for this response. */
    record FromView(PrivateViews views, ByteBuffer view) implements Source {
        @Override
        public void release() {
            views.release(view);
        }
    }

    /** Two at once, of which the second needs the first. */
    record Both(Source first, Source second) implements Source {
        @Override
        public void release() {
            second.release();
            first.release();
        }
    }
}
