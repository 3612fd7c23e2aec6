package dev.sluice.cli.top;

import java.util.List;
import java.util.function.IntConsumer;

/** Where the live view is drawn, and where its keys are pressed. */
interface Display {
    /** How much it holds now. */
    Size size();

    /** Draws lines in place of what it shows, from the top. */
    void show(List<Line> lines, Size size);

    /**
     * From now on hands on each key that is pressed, on a thread of its own.
     *
     * @param keys takes the octets typed, and -1 when there will be no more
     */
    void listen(IntConsumer keys);
}
