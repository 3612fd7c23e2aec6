package dev.sluice.admin;

import java.util.List;
import java.util.Map;

/**
 * What the hot set holds; its component names are the public contract.
 *
 * @param capacityBytes what the regions may come to take
 * @param regionBytes what one of them takes, 0 where there is none
 * @param filledBytes what has been filled of them
 * @param liveBytes what of that belongs to bodies that somebody still wants
 * @param wastedBytes the rest: replaced and purged bodies, until their regions are emptied
 * @param regions each region that has been made, by its number
 * @param warmStart what has become of what an earlier process left, see {@code cache.directory}
 * @param files how many files are held
 * @param entries the most used of them, the most used first
 */
public record CacheContents(
        long capacityBytes,
        long regionBytes,
        long filledBytes,
        long liveBytes,
        long wastedBytes,
        List<Region> regions,
        WarmStart warmStart,
        long files,
        List<Entry> entries) {
    /** Copies the lists. */
    public CacheContents {
        regions = List.copyOf(regions);
        entries = List.copyOf(entries);
    }

    /**
     * A region.
     *
     * @param number from 0
     * @param generation how often it has been emptied
     * @param bytes what has been filled of it
     * @param liveBytes what of that belongs to bodies that somebody still wants
     * @param entries how many bodies those are, coded forms included
     * @param leases responses that read from it now
     * @param heat uses of its bodies, halved whenever they are copied forward
     * @param state {@code empty}, {@code active} (being filled), {@code full}, or {@code draining} (emptied when its last reader
     *     is done)
     */
    public record Region(
            int number, int generation, long bytes, long liveBytes, int entries, int leases, long heat, String state) {}

    /**
     * Bodies that an earlier process left.
     *
     * @param found in the index
     * @param claimed since their file was asked for and was still the same
     * @param damaged found to be other than they were written, and thrown away
     * @param complete whether all of the index has been looked through
     */
    public record WarmStart(long found, long claimed, long damaged, boolean complete) {}

    /**
     * A file.
     *
     * @param path it is asked for by, percent-encoded
     * @param bytes of it
     * @param coded the bytes of each coded form that is held, by the name of its coding
     * @param uses responses made of it, halved whenever it is copied forward
     * @param region the number of the region that holds it
     * @param ageMillis how long ago it was last compared with its source
     */
    public record Entry(String path, long bytes, Map<String, Integer> coded, int uses, int region, long ageMillis) {
        /** Copies the map. */
        public Entry {
            coded = Map.copyOf(coded);
        }
    }
}
