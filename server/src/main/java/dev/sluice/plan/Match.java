package dev.sluice.plan;

import dev.sluice.http.Glob;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * To which requests a rule applies: every condition that is given has to hold.
 *
 * @param paths globs of the whole path, decoded and canonical; empty for any. The first that matches gives the captures
 * @param extensions of the file's name, in lower case and without the dot; empty for any
 * @param methods empty for any. GET stands for HEAD too, whose fields have to be the same (RFC 9110 §9.3.2)
 * @param types media types such as {@code text/html}, or {@code text/*}; empty for any
 */
public record Match(List<Glob> paths, Set<String> extensions, Set<Method> methods, List<String> types) {
    /** Every request. */
    public static final Match ALL = new Match(List.of(), Set.of(), Set.of(), List.of());

    /** Copies the collections. */
    public Match {
        paths = List.copyOf(paths);
        extensions = Set.copyOf(extensions);
        methods = Set.copyOf(methods);
        types = List.copyOf(types);
    }

    /** How many captures every match gives: as many as the path with the fewest wildcards has. */
    public int captureCount() {
        return paths.stream().mapToInt(Glob::captureCount).min().orElse(0);
    }

    /** Whether only the file tells if this matches. */
    boolean needsType() {
        return !types.isEmpty();
    }

    /**
     * Matches a request before it is known what file will answer it.
     *
     * @return what the path's wildcards stand for, {@link #captureCount} of them, or empty if this does not match
     */
    Optional<List<String>> before(Method method, String decodedPath) {
        if (needsType() || !matches(method) || !matchesExtension(decodedPath)) {
            return Optional.empty();
        }
        return paths.isEmpty()
                ? Optional.of(List.of())
                : paths.stream()
                        .flatMap(glob -> glob.match(decodedPath).stream())
                        .findFirst()
                        .map(captures -> captures.subList(0, captureCount()));
    }

    /** Matches a request for which a file of that name and type has been found; the type is null if none has. */
    boolean after(Method method, String decodedPath, String fileName, @Nullable MediaType type) {
        return matches(method)
                && matchesExtension(fileName)
                && (types.isEmpty() || (type != null && types.stream().anyMatch(pattern -> covers(pattern, type))))
                && (paths.isEmpty() || paths.stream().anyMatch(glob -> glob.matches(decodedPath)));
    }

    private boolean matches(Method method) {
        return methods.isEmpty() || methods.contains(method) || (method == Method.HEAD && methods.contains(Method.GET));
    }

    private boolean matchesExtension(String name) {
        int dot = name.lastIndexOf('.');
        return extensions.isEmpty()
                || (dot > name.lastIndexOf('/')
                        && extensions.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT)));
    }

    private static boolean covers(String pattern, MediaType type) {
        return pattern.endsWith("/*")
                ? type.essence().startsWith(pattern.substring(0, pattern.length() - 1))
                : type.essence().equals(pattern);
    }
}
