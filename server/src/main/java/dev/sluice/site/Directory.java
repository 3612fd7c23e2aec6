package dev.sluice.site;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An open directory whose members are reached by name through its descriptor (openat(2), fstatat(2)), so that renaming or
 * replacing it or its parents changes nothing for the one who holds it.
 */
final class Directory implements Closeable {
    private static final LinkOption[] NOFOLLOW = {LinkOption.NOFOLLOW_LINKS};
    private static final LinkOption[] FOLLOW = {};

    private final Path path;
    private final OpenDirectories open;
    private final OpenDirectories.Shared shared;
    private final boolean followLinks;
    private final boolean known;
    private final KnownDirectories.@Nullable Coded coded;

    private Directory(Path path, OpenDirectories open, OpenDirectories.Shared shared, boolean followLinks) {
        this(path, open, shared, followLinks, false, null);
    }

    private Directory(
            Path path,
            OpenDirectories open,
            OpenDirectories.Shared shared,
            boolean followLinks,
            boolean known,
            KnownDirectories.@Nullable Coded coded) {
        this.path = path;
        this.open = open;
        this.shared = shared;
        this.followLinks = followLinks;
        this.known = known;
        this.coded = coded;
    }

    /**
     * One that is known, in which no link is followed.
     *
     * @param coded what lies coded in it, or null if that is not known
     */
    Directory(Path path, OpenDirectories open, OpenDirectories.Shared shared, KnownDirectories.@Nullable Coded coded) {
        this(path, open, shared, false, true, coded);
    }

    /**
     * Opens a directory by its path, through links.
     *
     * @param open may hold it, and is to hold it from now on
     * @param followLinks whether links among its members are followed by the system, wherever they lead
     * @throws RootAbsentException if there is no such directory, or it cannot be read
     * @throws IOException if its file system has no openat, or there are no more descriptors
     */
    @SuppressWarnings("StreamResourceLeak") // It becomes the directory's, which closes it.
    static Directory open(Path path, OpenDirectories open, boolean followLinks) throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            OpenDirectories.Shared shared = open.acquire(key);
            return new Directory(
                    path, open, shared == null ? open(Files.newDirectoryStream(path), open) : shared, followLinks);
        } catch (FileSystemException e) {
            // Neither is to be taken for an absent member by the walk that starts here.
            throw OutOfDescriptors.is(e)
                    ? new IOException("cannot open the root " + path + ": " + e.getMessage(), e)
                    : new RootAbsentException(e);
        } catch (NotSecureException e) {
            throw new IOException(path + ": this file system offers no race-free open (SecureDirectoryStream)", e);
        }
    }

    /** Where a site's root should be, nothing can be opened. */
    static final class RootAbsentException extends IOException {
        private static final long serialVersionUID = 1;

        private RootAbsentException(FileSystemException why) {
            super(why.getClass().getSimpleName() + (why.getReason() == null ? "" : ", " + why.getReason()), why);
        }
    }

    private static final class NotSecureException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** By the key of what has been opened: another directory may have had that name a moment ago. */
    private static OpenDirectories.Shared open(DirectoryStream<Path> opened, OpenDirectories open) throws IOException {
        boolean shared = false;
        try {
            if (!(opened instanceof SecureDirectoryStream<Path> secure)) {
                throw new NotSecureException();
            }
            Object key = secure.getFileAttributeView(BasicFileAttributeView.class)
                    .readAttributes()
                    .fileKey();
            shared = true;
            return open.share(key, secure);
        } finally {
            if (!shared) {
                opened.close();
            }
        }
    }

    /** What it shares with others who have it open. */
    OpenDirectories.Shared shared() {
        return shared;
    }

    private SecureDirectoryStream<Path> stream() {
        return shared.stream();
    }

    /** Its own attributes. */
    BasicFileAttributes attributes() throws IOException {
        return stream().getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    /** Its file key, or null where the file system has none. */
    @Nullable
    Object key() {
        return shared.key();
    }

    /**
     * Hands on the names of its members, as they come.
     *
     * <p>A name that is no text in this locale is left out: no path could name it.
     *
     * @param taker false to take no more
     */
    void names(Predicate<String> taker) throws IOException {
        // Read from an opening of its own, since others may be reading.
        try (DirectoryStream<Path> members = stream().newDirectoryStream(Path.of("."), links())) {
            for (Path member : members) {
                Path name = member.getFileName();
                if (isText(name) && !taker.test(name.toString())) {
                    return;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** The JDK shows bytes that it cannot decode as U+FFFD, and then the text names another file or none. */
    private static boolean isText(Path name) {
        String text = name.toString();
        if (text.indexOf('\ufffd') < 0) {
            return true;
        }
        try {
            return Path.of(text).equals(name);
        } catch (InvalidPathException unencodable) {
            return false;
        }
    }

    /** Whether nobody walked to it from the root just now: it is known, or was entered from one that is. */
    boolean known() {
        return known;
    }

    /** Whether its path leads to it now, by one look. */
    boolean isAtItsPath() {
        try {
            BasicFileAttributes there = Files.readAttributes(path, BasicFileAttributes.class);
            return Objects.equals(there.fileKey(), key());
        } catch (IOException gone) {
            return false;
        }
    }

    /** By which names it was reached. */
    Path path() {
        return path;
    }

    /**
     * Whether there seems to be a member of that name, by which another one would be coded. A hint, since it goes by the directory's path, which another directory
     * may have by now; but to ask {@link #attributes(String)} for what is not there costs an exception, some 10 µs.
     */
    boolean seemsToHold(String name) {
        if (coded != null && coded.counts()) {
            return coded.hold(name);
        }
        return place(name).toFile().exists();
    }

    /** The attributes of a member: of a link itself, unless links are followed. */
    BasicFileAttributes attributes(String name) throws IOException {
        return stream()
                .getFileAttributeView(Path.of(name), BasicFileAttributeView.class, links())
                .readAttributes();
    }

    /** Whether a member that has been found by a name is called just so, and not only known by it to a file system that folds names. */
    boolean names(String name) throws IOException {
        return shared.spelling().isReal(this, name);
    }

    /**
     * Opens a subdirectory; a link in its place is an error, unless links are followed.
     *
     * @param key the file key that it had just now, or null
     */
    Directory enter(String name, @Nullable Object key) throws IOException {
        OpenDirectories.Shared kept = open.acquire(key);
        OpenDirectories.Shared next =
                kept == null ? open(stream().newDirectoryStream(Path.of(name), links()), open) : kept;
        return new Directory(path.resolve(name), open, next, followLinks, this.known, null);
    }

    /** Where a member lies, by the names on the way to it. */
    Path place(String name) {
        return path.resolve(name);
    }

    /** Opens a member for reading; a link in its place is an error, unless links are followed. */
    FileChannel open(String name, Opening opening) throws IOException {
        try {
            return (FileChannel) stream().newByteChannel(Path.of(name), opening.options(followLinks));
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException link) {
            // Of all that can go wrong, the JDK reports a link where none may be followed as a bare IOException.
            FileSystemException named = new FileSystemException(name, null, link.getMessage());
            named.initCause(link);
            throw named;
        }
    }

    private LinkOption[] links() {
        return followLinks ? FOLLOW : NOFOLLOW;
    }

    @Override
    public void close() throws IOException {
        shared.release();
    }
}
