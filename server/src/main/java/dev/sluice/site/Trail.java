package dev.sluice.site;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All the names that are looked up on the way to some paths of a site, as the system resolves them (path_resolution(7)):
 * from the file system's root, through every link of a chain.
 *
 * <p>It is what to watch, not what is served: that is found by the {@link Walker}, which cannot be led astray. Not
 * thread-safe; what it says was true at some moment for each step.
 */
final class Trail {
    private static final int MAX_LINKS = 40;

    private final List<Step> steps = new ArrayList<>();
    private final @Nullable Path root;
    private int links;

    /**
     * Begins with the way to a site's root.
     *
     * @throws IOException if a link or a directory cannot be read
     */
    Trail(Path root) throws IOException {
        Path start = root.toAbsolutePath();
        this.root = trace(start.getRoot(), names(start));
        needTheLast();
    }

    /** A root that is replaced by a rename is noticed in the folder above it, and nowhere else. */
    private void needTheLast() {
        if (!steps.isEmpty()) {
            Step last = steps.remove(steps.size() - 1);
            steps.add(new Step(last.directory(), last.name(), last.passage(), true));
        }
    }

    /**
     * Goes on with a way that begins at the site's root.
     *
     * @param components the names by which it goes
     * @return whether it ends at a directory
     * @throws IOException as the constructor
     */
    boolean add(List<String> components) throws IOException {
        try {
            return root != null && trace(root, components) != null;
        } catch (InvalidPathException unencodable) {
            // No file can have such a name, and none is going to.
            return false;
        }
    }

    /**
     * Goes on with a way to a directory, and whatever comes into that or leaves it.
     *
     * @param components the names by which it goes
     * @return whether it ends at a directory
     * @throws IOException as the constructor
     */
    boolean addMembers(List<String> components) throws IOException {
        Path directory = root == null ? null : trace(root, components);
        if (directory == null) {
            return false;
        }
        steps.add(Step.anyIn(directory));
        return true;
    }

    /** The names, in an order in which each directory comes after the name that led there; some may come twice. */
    List<Step> steps() {
        return steps;
    }

    private @Nullable Path trace(Path start, Collection<String> components) throws IOException {
        Deque<String> ahead = new ArrayDeque<>(components);
        @Nullable Path here = start;
        links = 0;
        while (here != null && !ahead.isEmpty()) {
            here = next(here, ahead.pop(), ahead);
        }
        return here;
    }

    private @Nullable Path next(Path here, String name, Deque<String> ahead) throws IOException {
        if (name.equals("..")) {
            Path above = here.getParent();
            return above == null ? here : above;
        }
        if (name.isEmpty() || name.equals(".")) {
            return here;
        }
        Path there = here.resolve(name);
        BasicFileAttributes attributes = attributes(there);
        boolean passage = attributes != null && attributes.isDirectory();
        steps.add(new Step(here, name, passage, !passage || isInside(here)));
        if (attributes != null && attributes.isSymbolicLink()) {
            try {
                return follow(here, Files.readSymbolicLink(there), ahead);
            } catch (NotLinkException | NoSuchFileException replaced) {
                return again(here, name, ahead);
            }
        }
        return passage ? there : null;
    }

    /** Looks at a name again that was a link a moment ago. Whoever changes it all the time is believed only so often. */
    private @Nullable Path again(Path here, String name, Deque<String> ahead) {
        links++;
        ahead.push(name);
        return links > MAX_LINKS ? null : here;
    }

    private boolean isInside(Path directory) {
        return root != null && directory.startsWith(root);
    }

    private @Nullable Path follow(Path here, Path target, Deque<String> ahead) {
        links++;
        if (links > MAX_LINKS) {
            return null;
        }
        List<String> names = names(target);
        for (int i = names.size() - 1; i >= 0; i--) {
            ahead.push(names.get(i));
        }
        return target.isAbsolute() ? target.getRoot() : here;
    }

    private static List<String> names(Path path) {
        List<String> names = new ArrayList<>(path.getNameCount());
        path.forEach(name -> names.add(name.toString()));
        return names;
    }

    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException absent) {
            return null;
        }
    }
}
