package dev.sluice.serve;

/**
 * What is served now, exchanged as a whole. A request is for a site of the edition that was current when its head was looked
 * at, and finishes with that site. Thread-safe.
 */
public final class Serving {
    private volatile Edition current;

    /**
     * @param first what is served at first
     */
    public Serving(Edition first) {
        this.current = first;
    }

    /** What is served now. Costs a volatile read. */
    Edition current() {
        return current;
    }

    /** Has another edition served: to every request that is looked at after this returns. */
    public void exchange(Edition next) {
        current = next;
    }
}
