package dev.sluice.serve;

import dev.sluice.io.HotSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The hot sets of all sites, looked at from outside. */
public final class HotSets {
    private final List<HotSet<Hot>> all = new CopyOnWriteArrayList<>();

    HotSets() {}

    void add(HotSet<Hot> hotSet) {
        all.add(hotSet);
    }

    void remove(HotSet<Hot> hotSet) {
        all.remove(hotSet);
    }

    /** Takes out the entries whose bytes have been evicted. */
    void sweep() {
        all.forEach(HotSet::sweep);
    }

    long sum(ToLongFunction<HotSet<Hot>> figure) {
        return all.stream().mapToLong(figure).sum();
    }

    /**
     * The files leased most often since they were last decided about, the most used first. Takes a time that grows with the
     * number of files held.
     *
     * @param limit how many at most, from 1
     */
    public List<HeldFile> mostUsed(int limit) {
        Comparator<HotSet.Entry<Hot>> byUses =
                Comparator.comparingInt(entry -> entry.body().uses());
        PriorityQueue<HotSet.Entry<Hot>> most = new PriorityQueue<>(limit, byUses);
        for (HotSet<Hot> hotSet : all) {
            for (HotSet.Entry<Hot> entry : hotSet.entries()) {
                most.add(entry);
                if (most.size() > limit) {
                    most.remove();
                }
            }
        }
        long now = System.nanoTime();
        return most.stream()
                .map(entry -> file(entry, now))
                .sorted(Comparator.comparingInt(HeldFile::uses).reversed().thenComparing(HeldFile::path))
                .toList();
    }

    private static HeldFile file(HotSet.Entry<Hot> entry, long now) {
        Map<String, Integer> coded = entry.value().variants().stream()
                .filter(variant -> variant.body().live())
                .collect(Collectors.toMap(
                        variant -> variant.coding().token(),
                        variant -> variant.body().length()));
        return new HeldFile(
                entry.key(),
                entry.body().length(),
                coded,
                entry.body().uses(),
                entry.body().region(),
                TimeUnit.NANOSECONDS.toMillis(now - entry.checkedAt()));
    }

    /**
     * Takes files out, so that they are read anew when they are next asked for.
     *
     * @param chosen tells by the path, percent-encoded, which ones
     * @return how many they were
     */
    public int purge(Predicate<String> chosen) {
        return all.stream().mapToInt(hotSet -> hotSet.purge(chosen)).sum();
    }

    /**
     * A file that is held.
     *
     * @param path it is asked for by, percent-encoded
     * @param bytes of it
     * @param coded the bytes of each coded form that is held, by the name of its coding
     * @param uses how often it was leased since it was last decided about
     * @param region the number of the region that holds it
     * @param ageMillis how long ago it was last compared with its source
     */
    public record HeldFile(String path, int bytes, Map<String, Integer> coded, int uses, int region, long ageMillis) {
        /** Copies the map. */
        public HeldFile {
            coded = Map.copyOf(coded);
        }
    }
}
