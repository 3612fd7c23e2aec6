package dev.sluice.serve;

import dev.sluice.io.HotSet;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Representation;

/** What a worker found for a path. */
sealed interface Loaded {
    /** It is in the hot set; its bytes are leased. */
    record InHotSet(HotSet.Entry<Hot> entry) implements Loaded {}

    /** It is a file that is not in the hot set. */
    record Elsewhere(Representation representation, Source source) implements Loaded {}

    /** It is no file. */
    record NoFile(Lookup lookup) implements Loaded {}

    /**
     * It changed so recently that a reader could see it half-written, or while it was read: to be tried again in a moment.
     */
    record Unsettled() implements Loaded {
        static final Unsettled INSTANCE = new Unsettled();
    }
}
