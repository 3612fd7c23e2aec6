package dev.sluice.archive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Grows the tree of an archive from the names in its central directory. A name that no file system could hold in the place that it
 * names is left out: so what can be found by the tree is inside it, whatever the names were.
 */
final class ArchiveTree {
    /** Files and directories: a short archive may name a great many directories in each of its names. */
    private static final int MOST_NODES = 1 << 20;

    private final ArchiveDirectory root = new ArchiveDirectory();
    private final LeftOut leftOut = new LeftOut();
    private final List<Contested> contested = new ArrayList<>();
    private final int most;
    private int nodes;

    ArchiveTree() {
        this(MOST_NODES);
    }

    /**
     * @param most so many files and directories at most
     */
    ArchiveTree(int most) {
        this.most = most;
    }

    /** What has been added, to which nothing is added any more. */
    ArchiveDirectory finish() {
        contested.forEach(place -> place.directory().remove(place.name()));
        return root;
    }

    /** What has not been. */
    LeftOut leftOut() {
        return leftOut;
    }

    /** A place that several files claim: nobody can tell which of them is meant. */
    private record Contested(ArchiveDirectory directory, String name) {}

    /**
     * Adds what one header describes.
     *
     * @throws DamagedArchiveException if there are too many
     */
    void add(CentralHeader header) throws DamagedArchiveException {
        String name = header.name();
        String fault = header.fault();
        if (fault == null) {
            fault = fault(name);
        }
        if (fault == null) {
            fault = grow(name, header);
        }
        if (fault != null) {
            leftOut.note(name, fault);
        }
    }

    private static @Nullable String fault(String name) {
        if (name.isEmpty() || name.startsWith("/") || name.contains("//")) {
            return "an absolute or empty name";
        }
        if (name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            return "a backslash or control character in its name";
        }
        for (String segment : name.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return "a dot segment in its name";
            }
        }
        return null;
    }

    /** Returns why the entry cannot be where it says, or null. */
    private @Nullable String grow(String name, CentralHeader header) throws DamagedArchiveException {
        List<String> names = List.of((header.directory() ? name.substring(0, name.length() - 1) : name).split("/", -1));
        ArchiveDirectory here = root;
        for (String step : names.subList(0, names.size() - 1)) {
            ArchiveDirectory next = enter(here, step);
            if (next == null) {
                return "a file in the place of a directory on the way to it";
            }
            here = next;
        }
        String last = names.get(names.size() - 1);
        if (header.directory()) {
            ArchiveDirectory directory = enter(here, last);
            if (directory == null) {
                return "a file of the same name";
            }
            directory.modified(header.entry().modified());
            return null;
        }
        if (here.member(last) != null) {
            return contest(here, last);
        }
        count();
        here.put(last, header.entry());
        return null;
    }

    private String contest(ArchiveDirectory here, String name) {
        if (here.member(name) instanceof ArchiveEntry) {
            contested.add(new Contested(here, name));
        }
        return "more than one entry of its name";
    }

    private @Nullable ArchiveDirectory enter(ArchiveDirectory here, String name) throws DamagedArchiveException {
        ArchiveNode there = here.member(name);
        if (there == null) {
            count();
            there = new ArchiveDirectory();
            here.put(name, there);
        }
        return there instanceof ArchiveDirectory directory ? directory : null;
    }

    private void count() throws DamagedArchiveException {
        nodes++;
        if (nodes > most) {
            throw new DamagedArchiveException("it holds more than " + most + " files and directories");
        }
    }
}
