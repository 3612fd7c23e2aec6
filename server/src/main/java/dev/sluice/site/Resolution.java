package dev.sluice.site;

import dev.sluice.archive.InflatedChannel;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a path names, as far as the file system is concerned. */
public sealed interface Resolution {
    /** Whether no other name need be tried: there is a file, or nobody can tell for now. */
    default boolean conclusive() {
        return this instanceof File || this instanceof Changing || this instanceof RootAbsent;
    }

    /**
     * A regular file, opened. Whoever gets it closes it.
     *
     * @param path where it was found: the requested path, or that of a directory's index, or another candidate. The name in
     *     it tells the media type
     * @param channel open for reading
     * @param facts of the very file that is open
     * @param sidecars the files beside it that hold it coded, opened, at most one for each coding
     * @param place where it, or the archive that it is in, lay when it was opened; something else may lie there by now
     */
    record File(SitePath path, FileChannel channel, FileFacts facts, List<Sidecar> sidecars, Path place)
            implements Resolution, Closeable {
        /** Copies the list. */
        public File {
            sidecars = List.copyOf(sidecars);
        }

        /** Whether it lies compressed in an archive, so that what is read here is inflated. */
        public boolean inflated() {
            return channel instanceof InflatedChannel;
        }

        /** What tells this version of the file from another one. */
        public Version version() {
            Map<ContentCoding, FileFacts> coded =
                    sidecars.stream().collect(Collectors.toMap(Sidecar::coding, Sidecar::facts));
            return new Version(facts, coded);
        }

        /**
         * Whether nothing that is open has been written to, by a look at the place where each lay. For one who has read it: that a
         * path may lead elsewhere by now makes what was read no less whole.
         */
        public boolean unchanged() {
            return facts.areAt(place)
                    && sidecars.stream().allMatch(sidecar -> sidecar.facts().areAt(placeOf(sidecar)));
        }

        private Path placeOf(Sidecar sidecar) {
            return facts.inArchive()
                    ? place
                    : place.resolveSibling(
                            place.getFileName() + sidecar.coding().extension());
        }

        @Override
        public void close() throws IOException {
            channel.close();
            for (Sidecar sidecar : sidecars) {
                sidecar.channel().close();
            }
        }
    }

    /**
     * A file that holds another one coded, such as {@code style.css.br}, and is not older than that.
     *
     * @param coding by which coding
     * @param channel open for reading
     * @param facts of the very file that is open
     */
    record Sidecar(ContentCoding coding, FileChannel channel, FileFacts facts) {}

    /** A file that was another one, or had other facts, each time it was looked at: to be tried again in a moment. */
    record Changing() implements Resolution {}

    /** The site's root could not be opened, so that nobody knows what is there: to be tried again in a moment. */
    record RootAbsent() implements Resolution {}

    /**
     * Something that has another path by right.
     *
     * @param path that path
     */
    record Moved(SitePath path) implements Resolution {}

    /**
     * A directory without an index.
     *
     * @param path of the directory
     */
    record NoIndex(SitePath path) implements Resolution {}

    /**
     * Nothing to be served.
     *
     * @param reason why, as a short token for the record: the client is never told, since hidden and missing look alike
     * @param status to answer with
     */
    record Missing(String reason, int status) implements Resolution {
        /** Nothing to be served: 404. */
        Missing(String reason) {
            this(reason, 404);
        }
    }
}
