package dev.sluice.serve;

import dev.sluice.http.Method;
import dev.sluice.http.SitePath;
import dev.sluice.listing.Entry;
import dev.sluice.listing.ListingQuery;
import dev.sluice.listing.Sort;
import dev.sluice.plan.Rules;
import dev.sluice.site.Member;
import dev.sluice.site.Resolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one directory for one request: its names, and as much of what they name as its order takes. What a rule denies, or
 * keeps behind a password that the directory does not ask for, is left out.
 */
final class DirectoryReader {
    /**
     * Up to this many entries are all looked at, so that directories can stand first and the total is exact. Beyond, in the
     * order of names, only what is shown is looked at (a look costs 4 µs): there directories stand among the files, and the
     * total counts what may turn out to be nothing.
     */
    static final int MOST_LOOKED_AT = 10_000;

    /** What a name costs beside its characters: the string, its array, and its place in a list that grows. */
    private static final int NAME_BYTES = 64;

    /** What is known of an entry, beside its name. */
    private static final int ENTRY_BYTES = 96;

    private final Inquiry inquiry;
    private final SitePath directory;
    private final ListingMemory.Claim claim;
    private final List<String> names = new ArrayList<>();
    private boolean full;

    /**
     * @param inquiry by whose path the entries are found
     * @param directory the path it leads to
     * @param claim to memory, which stays the caller's
     */
    DirectoryReader(Inquiry inquiry, SitePath directory, ListingMemory.Claim claim) {
        this.inquiry = inquiry;
        this.directory = directory;
        this.claim = claim;
    }

    /**
     * Reads the names.
     *
     * @return false if there is no such directory any more
     */
    boolean read() throws IOException {
        return resolver().list(directory, this::take);
    }

    private boolean take(String name) {
        full = !claim.take(NAME_BYTES + name.length());
        return !full && names.add(name);
    }

    /** Whether memory did not do for all of it. */
    boolean full() {
        return full;
    }

    /** The names that were read, in no order. */
    List<String> names() {
        return names;
    }

    /** Sorts what was read; null if memory does not do for it. */
    @Nullable
    Contents sorted(ListingQuery query) throws IOException {
        if (query.sort() == Sort.NAME && names.size() > MOST_LOOKED_AT) {
            names.sort(query.nameOrder());
            return new Contents.Named(names, this::look);
        }
        full = !claim.take((long) ENTRY_BYTES * names.size());
        if (full) {
            return null;
        }
        List<Entry> entries = look(names);
        entries.sort(query.entryOrder());
        return new Contents.Known(entries);
    }

    private List<Entry> look(List<String> some) throws IOException {
        List<Entry> entries = new ArrayList<>(some.size());
        for (Member member : resolver().members(directory, some)) {
            SitePath path = inquiry.path().child(member.name()).withSlash(member.directory());
            if (!guarded(path)) {
                entries.add(new Entry(member.name(), member.directory(), member.size(), member.modified()));
            }
        }
        return entries;
    }

    /** Whether a client who may see this directory may not see what is at a path in it. */
    boolean guarded(SitePath path) {
        Rules rules = inquiry.site().rules();
        return !rules.list().isEmpty() && rules.before(Method.GET, path).guardedBeyond(inquiry.entrance());
    }

    private Resolver resolver() {
        return inquiry.site().content().resolver();
    }
}
