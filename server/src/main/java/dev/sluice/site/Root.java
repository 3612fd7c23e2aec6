package dev.sluice.site;

import dev.sluice.archive.Archive;
import dev.sluice.archive.ClassPathPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the files of a site are. */
public sealed interface Root {
    /** The directory, or the archive's file. It may be a symbolic link, which is followed anew for each look-up. */
    Path path();

    /**
     * A directory, or an archive as a whole.
     *
     * @throws IOException if it is a file, and no archive that can be served; the message says why
     */
    static Root of(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return new Directory(path);
        }
        return checked(path, List.of());
    }

    /**
     * A directory of the class path, in a directory or in a jar.
     *
     * @param loader whose class path it is
     * @param name of the directory, such as {@code static}
     * @throws IOException if there is none that can be served; the message says why
     */
    static Root ofClassPath(ClassLoader loader, String name) throws IOException {
        ClassPathPlace place = ClassPathPlace.find(loader, name);
        return place.within() == null ? new Directory(place.path()) : checked(place.path(), place.within());
    }

    private static Root checked(Path path, List<String> within) throws IOException {
        Archive.check(path, within);
        return new InArchive(path, within);
    }

    /**
     * A directory.
     *
     * @param path the directory
     */
    record Directory(Path path) implements Root {}

    /**
     * A zip or jar archive.
     *
     * @param path its file
     * @param within the names on the way to the directory in it that is served; none for all of it
     */
    record InArchive(Path path, List<String> within) implements Root {
        /** Copies the list. */
        public InArchive {
            within = List.copyOf(within);
        }
    }
}
