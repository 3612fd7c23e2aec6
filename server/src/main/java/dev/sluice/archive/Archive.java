package dev.sluice.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive that is open: its tree, which does not change, and its file, of which each entry is a part. Closed when the last
 * lease is given back; whoever opens it has the first, and each channel one of its own. Thread-safe.
 *
 * <p>The directory is read here and not by {@link java.util.zip.ZipFile}, which opens a file by its path alone, does not say where an
 * entry's bytes lie, and hides which entries are links.
 */
public final class Archive {
    private static final int LOCAL = 0x0403_4b50;
    private static final int LOCAL_LENGTH = 30;

    private final FileChannel file;
    private final ArchiveDirectory root;
    private final @Nullable String leftOut;
    private final AtomicInteger leases = new AtomicInteger(1);

    private Archive(FileChannel file, ArchiveDirectory root, @Nullable String leftOut) {
        this.file = file;
        this.root = root;
        this.leftOut = leftOut;
    }

    /**
     * Opens an archive and reads its directory.
     *
     * @throws DamagedArchiveException if it is none, or one that cannot be read
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static Archive open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        boolean whole = false;
        try {
            ArchiveTree tree = CentralDirectory.find(file).tree(file);
            ArchiveDirectory root = tree.finish();
            whole = true;
            return new Archive(file, root, tree.leftOut().text());
        } finally {
            if (!whole) {
                file.close();
            }
        }
    }

    /**
     * Looks whether a directory in an archive can be served now.
     *
     * @param within the names on the way to it; none for all of the archive
     * @throws DamagedArchiveException if it is no archive, one that cannot be read, or has no such directory
     * @throws IOException if there is no such file, or it cannot be read
     */
    public static void check(Path path, List<String> within) throws IOException {
        Archive archive = open(path);
        try {
            archive.directory(within);
        } finally {
            archive.release();
        }
    }

    /**
     * A directory in it.
     *
     * @param within the names on the way to it
     * @throws DamagedArchiveException if there is none
     */
    public ArchiveDirectory directory(List<String> within) throws DamagedArchiveException {
        if (root.find(within) instanceof ArchiveDirectory directory) {
            return directory;
        }
        throw new DamagedArchiveException("it has no directory " + String.join("/", within));
    }

    /** What it holds, as far as names can be believed. */
    public ArchiveDirectory root() {
        return root;
    }

    /** Which of its entries are left out of that, for a line of the log; null if none are. */
    public @Nullable String leftOut() {
        return leftOut;
    }

    /** Takes a lease; false if it has been closed meanwhile. */
    public boolean acquire() {
        return leases.getAndUpdate(n -> n == 0 ? 0 : n + 1) != 0;
    }

    /** Gives a lease back. */
    public void release() {
        if (leases.decrementAndGet() == 0) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    FileChannel file() {
        return file;
    }

    /**
     * The content of an entry, compared with its checksum when all of it has been read in order. For one reader.
     *
     * @throws DamagedArchiveException if there is no such entry in the file
     */
    public FileChannel content(ArchiveEntry entry) throws IOException {
        return entry.deflated() ? deflated(entry) : new CheckedChannel(part(entry), entry);
    }

    /**
     * The bytes of an entry as they lie in the archive: its content, if it is stored. Several may read it at the same time, at
     * positions of their own, and by {@link FileChannel#transferTo} it goes straight from the archive's file to a socket.
     *
     * @throws DamagedArchiveException as {@link #content}
     */
    public FileChannel stored(ArchiveEntry entry) throws IOException {
        return part(entry);
    }

    /**
     * The content of a deflated entry, for one reader.
     *
     * @throws DamagedArchiveException as {@link #content}
     */
    public InflatedChannel deflated(ArchiveEntry entry) throws IOException {
        return new InflatedChannel(part(entry), entry);
    }

    /**
     * A deflated entry as a gzip file (RFC 1952): its bytes as they lie in the archive between a header and a trailer. To be used
     * as {@link #stored}.
     *
     * @throws DamagedArchiveException as {@link #content}
     */
    public FileChannel gzip(ArchiveEntry entry) throws IOException {
        return new GzipChannel(part(entry), entry);
    }

    private StoredChannel part(ArchiveEntry entry) throws IOException {
        if (!acquire()) {
            throw new IOException("the archive has been closed");
        }
        boolean found = false;
        try {
            StoredChannel part = new StoredChannel(this, dataOffset(entry), entry.compressedSize());
            found = true;
            return part;
        } finally {
            if (!found) {
                release();
            }
        }
    }

    /** The local header has a name and an extra field of its own, whose lengths need not be those in the central directory. */
    private long dataOffset(ArchiveEntry entry) throws IOException {
        ByteBuffer header = CentralDirectory.read(file, entry.headerOffset(), LOCAL_LENGTH);
        long offset = entry.headerOffset()
                + LOCAL_LENGTH
                + Short.toUnsignedInt(header.getShort(26))
                + Short.toUnsignedInt(header.getShort(28));
        if (header.getInt(0) != LOCAL || entry.compressedSize() > file.size() - offset) {
            throw new DamagedArchiveException("an entry's local header is damaged");
        }
        return offset;
    }
}
