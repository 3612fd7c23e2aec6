package dev.sluice.site;

import java.util.List;
import java.util.function.Consumer;

/**
 * Tells whether what a path leads to may have changed: a name on the way to it, a link, the file itself, one coded beside
 * it, or one that would be taken first if it were there. Asking costs a few reads of memory and no system call.
 *
 * <p>It tells too much rather than too little: a change that turns out to be none is possible.
 */
public final class Watch {
    private final Mark[] marks;

    Watch(List<Mark> marks) {
        this.marks = marks.toArray(Mark[]::new);
    }

    /**
     * Whether a change was noticed at a moment or later. What was read after that moment is current as long as this says no.
     *
     * @param moment {@link System#nanoTime()}
     */
    public boolean changedSince(long moment) {
        for (Mark mark : marks) {
            if (mark.changedSince(moment)) {
                return true;
            }
        }
        return false;
    }

    void forEach(Consumer<Mark> taker) {
        for (Mark mark : marks) {
            taker.accept(mark);
        }
    }
}
