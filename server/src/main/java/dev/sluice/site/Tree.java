package dev.sluice.site;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The files below a root, by path. What is not said here is said at {@link Resolver}. */
sealed interface Tree permits DirectoryTree, ZipTree {
    /**
     * Finds what a path names, and opens it if it is a file.
     *
     * @param coded whether files that hold it coded are looked for
     * @throws IOException if reading fails in another way than by absence
     */
    Resolution walk(SitePath path, boolean coded) throws IOException;

    /** See {@link Resolver#list}. */
    boolean list(SitePath directory, Predicate<String> taker) throws IOException;

    /** See {@link Resolver#members}. */
    List<Member> members(SitePath directory, List<String> names) throws IOException;

    /**
     * The names that decide what a path is answered with.
     *
     * @param found the path of the file that it led to
     * @throws IOException if a link or a directory cannot be read
     */
    List<Step> trail(SitePath path, SitePath found) throws IOException;

    /** See {@link Resolver#unchanged}. */
    boolean unchanged(SitePath file, ContentCoding coding, FileFacts before) throws IOException;

    /** See {@link Resolver#unchangedAtOnce}. */
    boolean unchangedAtOnce(SitePath file, ContentCoding coding, FileFacts before);

    /** See {@link Resolver#openDirect}. */
    @Nullable
    FileChannel openDirect(SitePath file, ContentCoding coding, FileFacts before) throws IOException;

    /** See {@link Resolver#store}. */
    FileStore store(SitePath file, ContentCoding coding) throws IOException;

    /** See {@link Resolver#toldOfPages}. */
    boolean toldOfPages(SitePath file, ContentCoding coding);

    /** See {@link Resolver#closeIdle}. */
    void closeIdle();

    /** See {@link Resolver#retire}. */
    void retire();

    /** The path of a representation's own file. */
    static SitePath itself(SitePath file, ContentCoding coding) {
        return coding == ContentCoding.IDENTITY ? file : file.withSuffix(coding.extension());
    }
}
