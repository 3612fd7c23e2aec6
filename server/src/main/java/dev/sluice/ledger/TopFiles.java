package dev.sluice.ledger;

import java.util.List;

/**
 * The most wanted files, by a sketch of bounded size.
 *
 * @param byRequests those asked for most often, the first first
 * @param byBytes those that most bytes were sent of, the first first
 * @param overcount how much the figures may be too high at most; they are never too low. All zero, and the figures exact, until
 *     more than a thousand different files have been asked for
 */
public record TopFiles(List<Entry> byRequests, List<Entry> byBytes, Overcount overcount) {
    /** Copies the lists. */
    public TopFiles {
        byRequests = List.copyOf(byRequests);
        byBytes = List.copyOf(byBytes);
    }

    /**
     * A file.
     *
     * @param site the name of its site
     * @param path the raw path that it was asked for by, without a query
     * @param requests how often
     * @param bytes body bytes that were sent of it
     */
    public record Entry(String site, String path, long requests, long bytes) {}

    /**
     * What may be too much.
     *
     * @param requests of the requests of each entry
     * @param bytes of the bytes of each entry
     */
    public record Overcount(long requests, long bytes) {}
}
