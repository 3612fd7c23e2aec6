package dev.sluice.config;

import dev.sluice.archive.Archive;
import dev.sluice.archive.ClassPathPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys that name files and folders, and looks whether they are there: a server that starts and then finds
 * nothing to serve has told its user too late.
 */
final class PathTypes {
    private static final String AUTO = "auto";
    private static final String NONE = "none";
    private static final String CLASS_PATH = "classpath:";

    private final Path workingDirectory;

    PathTypes(Path workingDirectory) {
        this.workingDirectory = workingDirectory.toAbsolutePath();
    }

    /** {@code root}: the directory or archive named, or {@code auto}: {@code ./www} if that is a directory, or else here. */
    SiteRoot siteRoot(Section section) {
        ValueType<SiteRoot> type =
                new ValueType<>("a directory, a zip or jar archive, one on the class path, or auto", this::siteRoot);
        SiteRoot root = section.value("root", type, automaticRoot());
        if (root.within() == null) {
            requireDirectory(section, "root", root.path());
        } else if (requireReadable(section, "root", root.path())) {
            requireArchive(section, root.path(), root.within());
        }
        return root;
    }

    /** A key that must name a file that can be read now; empty if it does not. */
    Optional<Path> readableFile(Section section, String key, String expected) {
        section.require(key, expected);
        return section.optional(key, new ValueType<>(expected, this::resolve))
                .filter(file -> requireReadable(section, key, file));
    }

    /** {@code tokenFile}: a file that can be read now, or null for none. */
    @Nullable
    Path tokenFile(Section section) {
        @Nullable Path file = fileOrNone(section, "tokenFile", "a file");
        if (file != null) {
            requireReadable(section, "tokenFile", file);
        }
        return file;
    }

    /** {@code directory}: a directory that can be written now, or null for none. */
    @Nullable
    Path cacheDirectory(Section section) {
        @Nullable Path directory = fileOrNone(section, "directory", "a directory");
        if (directory != null && requireDirectory(section, "directory", directory) && !Files.isWritable(directory)) {
            section.reject("directory", "a directory that may be written");
        }
        return directory;
    }

    /** {@code file}: {@code off}, {@code -} for standard output, or a file whose folder exists. */
    AccessLogSettings.Target accessLog(Section section) {
        ValueType<AccessLogSettings.Target> type = new ValueType<>("a file", this::resolve)
                .<AccessLogSettings.Target>map(AccessLogSettings.ToFile::new)
                .orWord("-", new AccessLogSettings.StandardOutput())
                .orWord("off", new AccessLogSettings.Off());
        AccessLogSettings.Target target =
                section.value("file", type, AccessLogSettings.defaults().file());
        if (target instanceof AccessLogSettings.ToFile file && !canHold(file.path())) {
            section.reject("file", "a file in a directory that exists");
        }
        return target;
    }

    /** The name of one file, without a path. */
    static ValueType<String> fileName() {
        return ValueType.text("a file name such as index.html", text -> {
            boolean name = !text.isEmpty() && !text.equals(".") && !text.equals("..");
            return name && text.chars().noneMatch(c -> c == '/' || c == 0) ? Optional.of(text) : Optional.empty();
        });
    }

    /** A path within the site. */
    static ValueType<String> sitePath() {
        return ValueType.matching(
                "a path in the site such as /404.html",
                text -> text.length() > 1
                        && text.startsWith("/")
                        && text.chars().noneMatch(Character::isISOControl));
    }

    /** A directory given as an argument is that directory, even if it is called "auto". */
    private Optional<SiteRoot> siteRoot(Node.Scalar scalar) {
        if (scalar.text().startsWith(CLASS_PATH)) {
            return onClassPath(scalar.text());
        }
        boolean auto = scalar.text().equals(AUTO) && !(scalar.place() instanceof Place.Option);
        return auto ? Optional.of(automaticRoot()) : resolve(scalar).map(path -> siteRoot(scalar.text(), path));
    }

    private static Optional<SiteRoot> onClassPath(String text) {
        try {
            ClassPathPlace place =
                    ClassPathPlace.find(ClassLoader.getSystemClassLoader(), text.substring(CLASS_PATH.length()));
            return Optional.of(new SiteRoot(text, place.path(), place.within()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static SiteRoot siteRoot(String text, Path path) {
        return Files.isRegularFile(path) ? new SiteRoot(text, path, List.of()) : new SiteRoot(text, path);
    }

    private SiteRoot automaticRoot() {
        Path www = workingDirectory.resolve("www");
        return Files.isDirectory(www) ? new SiteRoot("www", www) : new SiteRoot(".", workingDirectory);
    }

    private @Nullable Path fileOrNone(Section section, String key, String expected) {
        ValueType<Optional<Path>> type = new ValueType<>(expected, this::resolve).orNone(NONE);
        return section.value(key, type, Optional.empty()).orElse(null);
    }

    private Optional<Path> resolve(Node.Scalar scalar) {
        try {
            return scalar.text().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            workingDirectory.resolve(scalar.place().folder()).resolve(scalar.text()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean canHold(Path file) {
        @Nullable Path parent = file.getParent();
        return parent != null && Files.isDirectory(parent) && !Files.isDirectory(file);
    }

    private static boolean requireReadable(Section section, String key, Path file) {
        boolean readable = Files.isRegularFile(file) && Files.isReadable(file);
        if (!readable) {
            section.reject(key, "a file that exists and may be read");
        }
        return readable;
    }

    private static void requireArchive(Section section, Path path, List<String> within) {
        try {
            Archive.check(path, within);
        } catch (IOException e) {
            section.reject("root", "a directory or zip archive; " + e.getMessage());
        }
    }

    private static boolean requireDirectory(Section section, String key, Path path) {
        if (!Files.exists(path)) {
            section.reject(key, "a directory that exists");
        } else if (!Files.isDirectory(path)) {
            section.reject(key, "a directory, not a file");
        } else if (!(Files.isReadable(path) && Files.isExecutable(path))) {
            section.reject(key, "a directory that may be read");
        } else {
            return true;
        }
        return false;
    }
}
