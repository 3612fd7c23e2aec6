package dev.sluice.ledger;

/**
 * Somebody who wants each record as it is made. Everything is called by the one thread of the {@link Feed}, so nothing here
 * may block, and nothing needs a lock.
 */
public interface FeedListener {
    /**
     * From now on it is given records. What was recorded before may come too, if it was still in the queue.
     *
     * @param now {@link System#nanoTime()}
     */
    void joined(long now);

    /**
     * A record.
     *
     * @param served in the order in which they were recorded, which is nearly that of their numbers
     * @param now {@link System#nanoTime()} a moment ago
     */
    void served(Served served, long now);

    /**
     * Records were left out, since they came faster than the feed could hand them on.
     *
     * @param records how many, at least 1
     */
    void overrun(long records);

    /**
     * The end of a turn: called at least every 50 ms, and after a few hundred records at the most.
     *
     * @param now {@link System#nanoTime()}
     * @return false if it has gone and is to be forgotten
     */
    boolean turn(long now);

    /**
     * The feed is about to end: no record follows, only turns for a quarter of a second.
     *
     * @param deadline the {@link System#nanoTime()} at which the last turn may come
     */
    void ending(long deadline);

    /** It is forgotten at once, because it threw or because the feed has ended; must not throw. */
    void cut();
}
