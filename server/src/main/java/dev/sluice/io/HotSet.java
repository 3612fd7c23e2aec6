package dev.sluice.io;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The bodies now held in regions, by key, each with whatever its owner keeps ready beside it.
 *
 * <p>An entry is fresh for a while after its source was last checked, unless the source is known to have changed. Past the
 * first half of that time one caller is told to check it again in the background, while everybody goes on being served; past
 * the whole of it nobody is. So a busy entry never makes a request wait for the disk, and an answer is never older than the
 * bound.
 *
 * @param <V> what is kept beside the bytes
 */
public final class HotSet<V> {
    private final ConcurrentHashMap<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private final long freshNanos;
    private final HotSetCounters counters;
    private volatile boolean retired;

    /**
     * @param freshNanos how long an entry may be served after its source was last checked, in nanoseconds
     */
    public HotSet(long freshNanos) {
        this(freshNanos, new HotSetCounters());
    }

    /**
     * @param freshNanos as above
     * @param counters told of what it does
     */
    public HotSet(long freshNanos, HotSetCounters counters) {
        this.freshNanos = freshNanos;
        this.counters = counters;
    }

    /** One body of the hot set. */
    public static final class Entry<V> {
        private final String key;
        private final RegionBody body;
        private final V value;
        private volatile Look look;
        private volatile boolean checking;
        private volatile List<RegionBody> attached = List.of();

        private Entry(String key, RegionBody body, V value, Look look) {
            this.key = key;
            this.body = body;
            this.value = value;
            this.look = look;
        }

        /** What it is found by. */
        public String key() {
            return key;
        }

        /** The bytes. */
        public RegionBody body() {
            return body;
        }

        /** What is kept beside them. */
        public V value() {
            return value;
        }

        /** {@link System#nanoTime()} before its source was last compared with it. */
        public long checkedAt() {
            return look.at();
        }

        /** The last look at its source. */
        public Look look() {
            return look;
        }

        /** The length in bytes of the body and of what is attached to it, as far as they are still held. */
        public long bytes() {
            long sum = body.live() ? body.length() : 0;
            for (RegionBody other : attached) {
                sum += other.live() ? other.length() : 0;
            }
            return sum;
        }

        private void discard() {
            body.discard();
            attached.forEach(RegionBody::discard);
        }
    }

    /**
     * An entry with a lease on its bytes.
     *
     * @param slice the bytes, to be released once
     */
    public record Leased<V>(Entry<V> entry, RegionSlice slice) {}

    /**
     * Looks an entry up and leases its bytes.
     *
     * @param now {@link System#nanoTime()}
     * @return the entry, leased, or null if there is none that may be served now; only a found entry counts as a hit
     */
    public @Nullable Leased<V> acquire(String key, long now) {
        Entry<V> entry = entries.get(key);
        RegionSlice slice = entry == null ? null : acquire(entry, now);
        return entry == null || slice == null ? null : new Leased<>(entry, slice);
    }

    /** The same for an entry that was found by {@link #peek}: its bytes, leased, or null. */
    public @Nullable RegionSlice acquire(Entry<V> entry, long now) {
        if (!entry.look.counts(now)) {
            return null;
        }
        RegionSlice slice = entry.body.acquire();
        if (slice == null) {
            evict(entry);
            return null;
        }
        counters.hit();
        return slice;
    }

    /** The entry under a key, fresh or not and not leased, or null. For the one who checks it against its source. */
    public @Nullable Entry<V> peek(String key) {
        return entries.get(key);
    }

    /** Whether {@link #acquire} would give this entry. Changes nothing: for the one who only wants to know. */
    public boolean servable(Entry<V> entry, long now) {
        return entry.look.counts(now) && entry.body.live();
    }

    /** Whether the caller should check this entry's source now, in the background: true for one caller a round. */
    public boolean claimCheck(Entry<V> entry, long now) {
        if (!entry.look.due(now) || entry.checking) {
            return false;
        }
        synchronized (entry) {
            boolean claimed = !entry.checking;
            entry.checking = true;
            return claimed;
        }
    }

    /** The source is as it was when the check began. */
    public void confirm(Entry<V> entry, long checkBeganAt) {
        confirm(entry, new Look(checkBeganAt, freshNanos, Look.Doubt.NONE));
    }

    /** The source is as it was at this look. */
    public void confirm(Entry<V> entry, Look look) {
        entry.look = look;
        entry.checking = false;
    }

    /**
     * The source is being changed, so that there is no new version yet: the old one may be served for a moment, until the
     * source is looked at again, and again, for as long as an entry is fresh whose changes nobody tells of.
     *
     * @param checkBeganAt {@link System#nanoTime()} before the source was found so
     * @return false if that has been going on for too long
     */
    public boolean tolerate(Entry<V> entry, long checkBeganAt) {
        Look unsettled = entry.look.unsettled(checkBeganAt);
        boolean tolerable = checkBeganAt - unsettled.unsettledSince().orElse(checkBeganAt) < freshNanos;
        if (tolerable) {
            entry.look = unsettled;
        }
        entry.checking = false;
        return tolerable;
    }

    /** The check could not say anything: let somebody else try, and let the entry grow old meanwhile. */
    public void abandonCheck(Entry<V> entry) {
        entry.checking = false;
    }

    /**
     * Puts a filled slot into the hot set.
     *
     * @param checkBeganAt {@link System#nanoTime()} before the source's facts were read
     */
    public Entry<V> admit(String key, RegionBody body, V value, long checkBeganAt) {
        return admit(key, body, value, new Look(checkBeganAt, freshNanos, Look.Doubt.NONE));
    }

    /**
     * Puts a filled slot into the hot set.
     *
     * @param look at the source, by which its facts were read
     */
    public Entry<V> admit(String key, RegionBody body, V value, Look look) {
        Entry<V> entry = new Entry<>(key, body, value, look);
        Entry<V> before = entries.put(key, entry);
        if (before != null) {
            before.discard();
        }
        counters.admitted();
        if (retired) {
            remove(entry);
        }
        return entry;
    }

    /**
     * Notes further bodies that belong to an entry, count with it and go with it, in the place of those noted before. Where
     * the entry has gone already, they go at once.
     */
    public void attach(Entry<V> entry, List<RegionBody> bodies) {
        entry.attached = List.copyOf(bodies);
        if (entries.get(entry.key) != entry) {
            entry.discard();
        }
    }

    /** Takes an entry out because its source changed; those who hold a lease on it finish. */
    public void remove(Entry<V> entry) {
        if (entries.remove(entry.key, entry)) {
            entry.discard();
        }
    }

    /**
     * Takes out all entries whose key is chosen.
     *
     * @return how many they were
     */
    public int purge(Predicate<String> chosen) {
        int purged = 0;
        for (Entry<V> entry : entries.values()) {
            if (chosen.test(entry.key) && entries.remove(entry.key, entry)) {
                entry.discard();
                purged++;
            }
        }
        return purged;
    }

    /**
     * Takes out all entries, and holds none from now on: what is admitted goes at once, when those who have been given it have
     * finished. For one that nobody is to ask any more but those who are about to.
     */
    public void retire() {
        retired = true;
        purge(key -> true);
    }

    /** The entries now, in no order; not a snapshot. */
    public Collection<Entry<V>> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** Counts a request for a file that the hot set could hold and did not. */
    public void missed() {
        counters.missed();
    }

    /** Takes out the entries whose region has been evicted, so that the index does not outgrow the regions. */
    public void sweep() {
        entries.values().stream().filter(entry -> !entry.body.live()).forEach(this::evict);
    }

    /** Hands on the last look at the source of each entry. */
    public void looks(Consumer<Look> taker) {
        entries.values().forEach(entry -> taker.accept(entry.look));
    }

    private void evict(Entry<V> entry) {
        if (entries.remove(entry.key, entry)) {
            entry.discard();
            counters.evicted();
        }
    }

    /** The bytes of the bodies now held. */
    public long bytes() {
        return entries.values().stream().mapToLong(Entry::bytes).sum();
    }

    /** How many bodies are held. */
    public int size() {
        return entries.size();
    }

    /** Requests answered from here. */
    public long hits() {
        return counters.hits();
    }

    /** Requests for files small enough to be held that were not held, or not fresh. */
    public long misses() {
        return counters.misses();
    }

    /** Bodies put in since the start. */
    public long admissions() {
        return counters.admissions();
    }

    /** Bodies that left because their region was evicted. */
    public long evictions() {
        return counters.evictions();
    }
}
