package dev.sluice.archive;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory in an archive. Changed by {@link ArchiveTree} alone, before anybody else sees it. */
public final class ArchiveDirectory implements ArchiveNode {
    private final Map<String, ArchiveNode> members = new HashMap<>(4);
    private @Nullable Instant modified;

    ArchiveDirectory() {}

    /** When it was modified last, or null if no entry of its own says so: then it is there since a name leads through it. */
    public @Nullable Instant modified() {
        return modified;
    }

    /** The names of its members, in no order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** The member of a name, or null if there is none. */
    public @Nullable ArchiveNode member(String name) {
        return members.get(name);
    }

    /** What a way of names leads to, or null if it leads nowhere. */
    public @Nullable ArchiveNode find(List<String> names) {
        ArchiveNode here = this;
        for (String name : names) {
            if (!(here instanceof ArchiveDirectory directory)) {
                return null;
            }
            here = directory.member(name);
        }
        return here;
    }

    void put(String name, ArchiveNode member) {
        members.put(name, member);
    }

    void remove(String name) {
        members.remove(name);
    }

    void modified(Instant time) {
        modified = time;
    }
}
