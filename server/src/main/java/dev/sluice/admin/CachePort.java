package dev.sluice.admin;

import java.util.List;

/** The hot set, as far as an operator can look into it. Called from worker threads, several at once. */
public interface CachePort {
    /**
     * What is held now.
     *
     * @param limit how many files are listed at most, the most used ones
     */
    CacheContents contents(int limit);

    /**
     * The regions alone. They are few, so who can look at them without looking at every file should.
     *
     * @return each region that has been made, by its number
     */
    default List<CacheContents.Region> regions() {
        return contents(1).regions();
    }

    /**
     * Takes files out of the hot set of every site; they are read anew when they are next asked for.
     *
     * @param path the path a file is asked for by, or the beginning of several and a {@code *}; begins with a slash, and may be
     *     percent-encoded or not
     * @return how many they were
     */
    int purge(String path);
}
