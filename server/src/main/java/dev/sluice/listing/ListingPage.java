package dev.sluice.listing;

import dev.sluice.http.SitePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param path of the directory as it was asked for, with or without its last slash: references on the page are relative to it
 * @param entries on this page, in their order
 * @param total the number of entries on all pages
 * @param query how the listing was asked for, with the number of this page
 * @param note the directory's note, or null if it has none
 */
public record ListingPage(
        SitePath path,
        List<Entry> entries,
        int total,
        ListingQuery query,
        @Nullable Note note) {
    /** Entries on a full page. */
    public static final int SIZE = 1_000;

    /** Copies the list. */
    public ListingPage {
        entries = List.copyOf(entries);
    }

    /**
     * A text that a directory has for its readers, such as {@code README.md}.
     *
     * @param name of the file
     * @param text what it says, or null if nobody asked
     * @param whole whether the text is all of it
     */
    public record Note(String name, @Nullable String text, boolean whole) {}

    /**
     * Returns the number of pages, at least 1.
     *
     * @param total the number of entries, 0 or more
     */
    public static int pages(int total) {
        return Math.max(1, (total + SIZE - 1) / SIZE);
    }

    /** Returns the number of this page, from 1. */
    int number() {
        return Math.max(1, query.page());
    }

    int pages() {
        return pages(total);
    }
}
