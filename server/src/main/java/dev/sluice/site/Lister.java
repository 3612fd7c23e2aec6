package dev.sluice.site;

import dev.sluice.http.SitePath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads directories: first the names, which cost little, then what is known of those that somebody wants to see. What no
 * path leads to is left out: hidden names, links that are not followed, sockets and their like, names that no path can hold.
 */
final class Lister {
    private final Site site;
    private final Walker walker;

    Lister(Site site, Walker walker) {
        this.site = site;
        this.walker = walker;
    }

    /** See {@link Resolver#list}. */
    boolean list(SitePath directory, Predicate<String> taker) throws IOException {
        int depth = directory.segments().size();
        Boolean there = walker.look(directory, here -> {
            here.names(name -> !listable(site, depth, name) || taker.test(name));
            return true;
        });
        return there != null;
    }

    /** Whether a path may lead to a name, at that many directories below the root. */
    static boolean listable(Site site, int depth, String name) {
        boolean hidden = site.hideDotFiles() && Walker.hidden(depth, name);
        return !hidden && name.chars().noneMatch(Lister::isUnservable);
    }

    /** {@link SitePath} takes no path with one of the ASCII control characters. */
    private static boolean isUnservable(int c) {
        return c < 0x20 || c == 0x7f;
    }

    /** See {@link Resolver#members}. */
    List<Member> members(SitePath directory, List<String> names) throws IOException {
        List<Member> members = walker.look(directory, here -> {
            List<Member> found = new ArrayList<>(names.size());
            for (String name : names) {
                Member member = member(here, directory, name);
                if (member != null) {
                    found.add(member);
                }
            }
            return found;
        });
        return members == null ? List.of() : members;
    }

    private @Nullable Member member(Directory here, SitePath directory, String name) throws IOException {
        try {
            BasicFileAttributes attributes = here.attributes(name);
            return attributes.isSymbolicLink() ? throughLink(directory.child(name), name) : Member.of(name, attributes);
        } catch (FileSystemException gone) {
            // Deleted since its name was read, or a link to nowhere that the system was to follow.
            return null;
        }
    }

    /** The walker alone knows which links lead where they may. */
    private @Nullable Member throughLink(SitePath link, String name) throws IOException {
        Resolution target = walker.walk(link, false);
        if (target instanceof Resolution.File file) {
            file.close();
            return new Member(name, false, file.facts().size(), file.facts().modified());
        }
        BasicFileAttributes attributes =
                target instanceof Resolution.Moved ? walker.look(link.withSlash(true), Directory::attributes) : null;
        return attributes == null ? null : Member.of(name, attributes);
    }
}
