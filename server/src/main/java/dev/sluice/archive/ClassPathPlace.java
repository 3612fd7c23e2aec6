package dev.sluice.archive;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a directory of the class path lies. Found once: the class loader is not asked for what is in it.
 *
 * @param path of the directory, or of the jar that it is in
 * @param within the names on the way to it in the jar; null if it is a directory of its own
 */
public record ClassPathPlace(Path path, @Nullable List<String> within) {
    /** Copies the list. */
    public ClassPathPlace {
        within = within == null ? null : List.copyOf(within);
    }

    /**
     * Finds a directory. If several jars or directories of the class path have it, it is the first, as it would be for a resource.
     *
     * @param loader whose class path it is
     * @param name of the directory, such as {@code static} or {@code /META-INF/resources}
     * @throws IOException if there is none, or it is neither a directory nor in a jar; the message says which. In a jar it needs an
     *     entry of its own, which all usual tools write
     */
    public static ClassPathPlace find(ClassLoader loader, String name) throws IOException {
        List<String> names =
                Stream.of(name.split("/", -1)).filter(part -> !part.isEmpty()).toList();
        String resource = String.join("/", names);
        URL url = loader.getResource(resource);
        if (url == null) {
            throw new IOException("the class path has no directory " + resource);
        }
        try {
            if (url.getProtocol().equals("file")) {
                return new ClassPathPlace(Path.of(url.toURI()), null);
            }
            if (url.getProtocol().equals("jar")
                    && url.openConnection() instanceof JarURLConnection jar
                    && jar.getJarFileURL().getProtocol().equals("file")) {
                return new ClassPathPlace(Path.of(jar.getJarFileURL().toURI()), names);
            }
        } catch (URISyntaxException | IllegalArgumentException strange) {
            throw new IOException("the class path has " + resource + " in a strange place: " + url, strange);
        }
        throw new IOException(
                "the class path has " + resource + " neither in a directory nor in a jar of its own: " + url);
    }
}
