package dev.sluice.site;

import java.nio.channels.FileChannel;

/** What a path names, as far as the file system is concerned. */
public sealed interface Resolution {
    /**
     * A regular file, opened. Whoever gets it closes it.
     *
     * @param channel open for reading
     * @param facts of the very file that is open
     * @param name its last path component, which tells its media type
     */
    record File(FileChannel channel, FileFacts facts, String name) implements Resolution {}

    /** A file that was another one, or had other facts, each time it was looked at: to be tried again in a moment. */
    record Changing() implements Resolution {}

    /** A directory asked for without its slash. */
    record NeedsSlash() implements Resolution {}

    /**
     * Nothing to be served.
     *
     * @param reason why, as a short token for the record: the client is never told, since hidden and missing look alike
     */
    record Missing(String reason) implements Resolution {}
}
