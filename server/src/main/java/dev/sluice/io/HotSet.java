package dev.sluice.io;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The bodies now held in regions, by key, each with whatever its owner keeps ready beside it.
 *
 * <p>An entry is fresh for a while after its source was last checked. Past the first half of that time one caller is told
 * to check it again in the background, while everybody goes on being served; past the whole of it nobody is. So a busy
 * entry never makes a request wait for the disk, and an answer is never older than the bound.
 *
 * @param <V> what is kept beside the bytes
 */
public final class HotSet<V> {
    private final ConcurrentHashMap<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private final long freshNanos;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder admissions = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    /**
     * @param freshNanos how long an entry may be served after its source was last checked, in nanoseconds
     */
    public HotSet(long freshNanos) {
        this.freshNanos = freshNanos;
    }

    /** One body of the hot set. */
    public static final class Entry<V> {
        private final String key;
        private final RegionSlice slice;
        private final V value;
        private volatile long checkedAt;
        private volatile boolean checking;
        private volatile List<RegionSlice> attached = List.of();

        private Entry(String key, RegionSlice slice, V value, long now) {
            this.key = key;
            this.slice = slice;
            this.value = value;
            this.checkedAt = now;
        }

        /** The bytes. */
        public RegionSlice slice() {
            return slice;
        }

        /** What is kept beside them. */
        public V value() {
            return value;
        }

        /** {@link System#nanoTime()} before its source was last compared with it. */
        public long checkedAt() {
            return checkedAt;
        }

        /** Notes further bytes in regions that belong to this entry and count with it, in the place of those noted before. */
        public void attach(List<RegionSlice> slices) {
            attached = List.copyOf(slices);
        }

        private long bytes() {
            long sum = slice.length();
            for (RegionSlice other : attached) {
                sum += other.live() ? other.length() : 0;
            }
            return sum;
        }
    }

    /**
     * Looks an entry up and leases its bytes.
     *
     * @param now {@link System#nanoTime()}
     * @return the entry, leased, or null if there is none that may be served now; only a found entry counts as a hit
     */
    public @Nullable Entry<V> acquire(String key, long now) {
        Entry<V> entry = entries.get(key);
        return entry == null ? null : acquire(entry, now);
    }

    /** The same for an entry that was found by {@link #peek}. */
    public @Nullable Entry<V> acquire(Entry<V> entry, long now) {
        if (now - entry.checkedAt > freshNanos) {
            return null;
        }
        if (!entry.slice.acquire()) {
            evict(entry);
            return null;
        }
        hits.increment();
        return entry;
    }

    /** The entry under a key, fresh or not and not leased, or null. For the one who checks it against its source. */
    public @Nullable Entry<V> peek(String key) {
        return entries.get(key);
    }

    /** Whether {@link #acquire} would give this entry. Changes nothing: for the one who only wants to know. */
    public boolean servable(Entry<V> entry, long now) {
        return now - entry.checkedAt <= freshNanos && entry.slice.live();
    }

    /** Whether the caller should check this entry's source now, in the background: true for one caller a round. */
    public boolean claimCheck(Entry<V> entry, long now) {
        if (now - entry.checkedAt < freshNanos / 2 || entry.checking) {
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
        entry.checkedAt = checkBeganAt;
        entry.checking = false;
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
    public Entry<V> admit(String key, RegionSlice slice, V value, long checkBeganAt) {
        Entry<V> entry = new Entry<>(key, slice, value, checkBeganAt);
        entries.put(key, entry);
        admissions.increment();
        return entry;
    }

    /** Takes an entry out because its source changed; those who hold a lease on it finish. */
    public void remove(Entry<V> entry) {
        entries.remove(entry.key, entry);
    }

    /** Counts a request for a file that the hot set could hold and did not. */
    public void missed() {
        misses.increment();
    }

    /** Takes out the entries whose region has been evicted, so that the index does not outgrow the regions. */
    public void sweep() {
        entries.values().stream().filter(entry -> !entry.slice.live()).forEach(this::evict);
    }

    private void evict(Entry<V> entry) {
        if (entries.remove(entry.key, entry)) {
            evictions.increment();
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
        return hits.sum();
    }

    /** Requests for files small enough to be held that were not held, or not fresh. */
    public long misses() {
        return misses.sum();
    }

    /** Bodies put in since the start. */
    public long admissions() {
        return admissions.sum();
    }

    /** Bodies that left because their region was evicted. */
    public long evictions() {
        return evictions.sum();
    }
}
