package dev.sluice.serve;

import dev.sluice.listing.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is in a directory, in the order that was asked for. */
sealed interface Contents {
    /** The number of entries; of those that are not known yet, some may turn out to be none. */
    int size();

    /**
     * Gives a part of them.
     *
     * @param from the first, from 0
     * @param to the one behind the last, at most {@link #size()}
     */
    List<Entry> part(int from, int to) throws IOException;

    /** Entries of which everything is known. */
    record Known(List<Entry> entries) implements Contents {
        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public List<Entry> part(int from, int to) {
            return entries.subList(from, to);
        }
    }

    /** Names alone: what they name is looked at when it is asked for. */
    record Named(List<String> names, Look look) implements Contents {
        @Override
        public int size() {
            return names.size();
        }

        @Override
        public List<Entry> part(int from, int to) throws IOException {
            return look.at(new ArrayList<>(names.subList(from, to)));
        }
    }

    /** Finds out what names stand for. */
    @FunctionalInterface
    interface Look {
        /** Returns the entries in the same order, without those that are not to be shown. */
        List<Entry> at(List<String> names) throws IOException;
    }
}
