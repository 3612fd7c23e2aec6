package dev.sluice.site;

/**
 * When what one name in one directory stands for was last seen to change. Shared by all that depends on the name.
 *
 * <p>A mark counts as changed when it is made, since nobody knows what happened before, and when it is given up, since
 * nobody will tell what happens then.
 */
final class Mark {
    private volatile long changedAt = System.nanoTime();
    private volatile boolean passage;

    /** Something happened to the name just now. */
    void change() {
        changedAt = System.nanoTime();
    }

    /**
     * Whether something happened at a moment or later.
     *
     * @param moment {@link System#nanoTime()}
     */
    boolean changedSince(long moment) {
        return changedAt - moment >= 0;
    }

    /** Notes that paths lead on through this name, into the directory that it stands for. */
    void leadsOn() {
        passage = true;
    }

    /** Whether paths lead on through this name. */
    boolean passage() {
        return passage;
    }
}
