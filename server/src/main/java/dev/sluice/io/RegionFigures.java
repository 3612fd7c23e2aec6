package dev.sluice.io;

/**
 * What a region tells about itself at one moment.
 *
 * @param number its position among its store's regions, from 0
 * @param generation how often it has been emptied
 * @param bytes what has been filled of it, from its start
 * @param liveBytes what of that belongs to bodies that somebody still wants; the rest is waste until it is emptied
 * @param bodies how many those are, coded forms included
 * @param leases how many readers it has now
 * @param heat how often its bodies were leased since they were last decided about
 * @param state what it is there for now
 */
public record RegionFigures(
        int number, int generation, long bytes, long liveBytes, int bodies, int leases, long heat, State state) {
    /** What a region is there for. */
    public enum State {
        /** It holds nothing, and waits to be filled. */
        EMPTY,
        /** New bodies are appended to it. */
        ACTIVE,
        /** It is only read. */
        FULL,
        /** What was in demand has been moved; it is emptied when its last reader is done. */
        DRAINING
    }
}
