package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.io.HotSet;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Lookup;
import dev.sluice.site.Resolution;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a worker found for a path. */
sealed interface Loaded {
    /** Whether it is a small file that is sent as it is to whoever may have it. */
    default boolean plain() {
        return false;
    }

    /** Gives back what is leased. */
    default void discard() {}

    /** It is in the hot set; its bytes are leased. */
    record InHotSet(HotSet.Leased<Hot> leased) implements Loaded {
        HotSet.Entry<Hot> entry() {
            return leased.entry();
        }

        @Override
        public boolean plain() {
            return entry().value().plain();
        }

        @Override
        public void discard() {
            leased.slice().release();
        }
    }

    /**
     * It is a file that is not in the hot set.
     *
     * @param found its representations
     * @param sources where each comes from, leased
     * @param dressing of the answer
     * @param template the places that are filled in for each response, or null
     */
    record Elsewhere(
            Lookup.Found found,
            Map<ContentCoding, Source> sources,
            Dressing dressing,
            @Nullable Template template) implements Loaded {
        /** Copies the map. */
        public Elsewhere {
            sources = Map.copyOf(sources);
        }

        /** Whether it was read for this response alone. */
        boolean read() {
            return sources.values().stream().anyMatch(Source.FromMemory.class::isInstance);
        }

        @Override
        public boolean plain() {
            return read() && template == null && dressing.bytesPerSecond() == 0;
        }

        /** What the planner decides by. */
        Lookup lookup() {
            return template == null
                    ? found
                    : template.lookup(found.choices().get(0).type());
        }

        /** Hands one of the sources on and gives all others back. What is coded while it is sent is made of the file itself. */
        Source take(ContentCoding coding) {
            ContentCoding from = found.streamable().contains(coding) ? ContentCoding.IDENTITY : coding;
            sources.forEach((other, source) -> {
                if (other != from) {
                    source.release();
                }
            });
            return sources.getOrDefault(from, Source.Nowhere.INSTANCE);
        }

        @Override
        public void discard() {
            sources.values().forEach(Source::release);
        }
    }

    /**
     * It is a page that was made for this response alone.
     *
     * @param lookup what the planner decides by
     * @param source where the page is
     * @param dressing of the answer
     */
    record Made(Lookup lookup, Source source, Dressing dressing) implements Loaded {}

    /** It is a directory without an index. */
    record Unindexed(Resolution.NoIndex directory) implements Loaded {}

    /** It is no file. */
    record NoFile(Lookup lookup) implements Loaded {}

    /**
     * It changed so recently that a reader could see it half-written, or while it was read: to be tried again in a moment.
     */
    record Unsettled() implements Loaded {
        static final Unsettled INSTANCE = new Unsettled();
    }
}
