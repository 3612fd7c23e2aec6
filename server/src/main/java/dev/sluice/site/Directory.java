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
import java.util.function.Predicate;

/**
 * An open directory whose members are reached by name through its descriptor (openat(2), fstatat(2)), so that renaming or
 * replacing it or its parents changes nothing for the one who holds it.
 */
final class Directory implements Closeable {
    private static final LinkOption[] NOFOLLOW = {LinkOption.NOFOLLOW_LINKS};
    private static final LinkOption[] FOLLOW = {};

    private final Path path;
    private final SecureDirectoryStream<Path> stream;
    private final boolean followLinks;

    private Directory(Path path, SecureDirectoryStream<Path> stream, boolean followLinks) {
        this.path = path;
        this.stream = stream;
        this.followLinks = followLinks;
    }

    /**
     * Opens a directory by its path, through links.
     *
     * @param followLinks whether links among its members are followed by the system, wherever they lead
     * @throws IOException if there is no such directory, it cannot be read, or its file system has no openat
     */
    @SuppressWarnings("StreamResourceLeak") // It becomes the directory's, which closes it.
    static Directory open(Path path, boolean followLinks) throws IOException {
        DirectoryStream<Path> stream;
        try {
            stream = Files.newDirectoryStream(path);
        } catch (FileSystemException e) {
            // Not to be taken for an absent member by the walk that starts here.
            throw new IOException("cannot open the root " + path + ": " + e.getMessage(), e);
        }
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new Directory(path, secure, followLinks);
        }
        stream.close();
        throw new IOException(path + ": this file system offers no race-free open (SecureDirectoryStream)");
    }

    /** Its own attributes. */
    BasicFileAttributes attributes() throws IOException {
        return stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    /**
     * Hands on the names of its members, as they come. To be called once.
     *
     * <p>A name that is no text in this locale is left out: no path could name it.
     *
     * @param taker false to take no more
     */
    void names(Predicate<String> taker) throws IOException {
        try {
            for (Path member : stream) {
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

    /**
     * Whether there seems to be a member of that name. A hint, since it goes by the directory's path, which another directory
     * may have by now; but to ask {@link #attributes(String)} for what is not there costs an exception, some 10 µs.
     */
    boolean seemsToHold(String name) {
        return path.resolve(name).toFile().exists();
    }

    /** The attributes of a member: of a link itself, unless links are followed. */
    BasicFileAttributes attributes(String name) throws IOException {
        return stream.getFileAttributeView(Path.of(name), BasicFileAttributeView.class, links())
                .readAttributes();
    }

    /** Opens a subdirectory; a link in its place is an error, unless links are followed. */
    Directory enter(String name) throws IOException {
        return new Directory(path.resolve(name), stream.newDirectoryStream(Path.of(name), links()), followLinks);
    }

    /** Opens a member for reading; a link in its place is an error, unless links are followed. */
    FileChannel open(String name, Opening opening) throws IOException {
        try {
            return (FileChannel) stream.newByteChannel(Path.of(name), opening.options(followLinks));
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
        stream.close();
    }
}
