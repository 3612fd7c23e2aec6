package dev.sluice.io;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;

/** The bodies of a region that is about to be emptied which are in demand. */
final class Survivors {
    /**
     * At most that much of a region is filled with what is kept of another one: emptying it has to gain some room. Between a
     * half and seven eighths the hit ratio hardly depends on it (server/docs/adr/0010-regions-are-a-queue.md).
     */
    private static final double MOST_KEPT = 0.75;

    private final List<RegionBody> inDemand;

    Survivors(Region region) {
        inDemand = region.bodies().stream()
                .filter(body -> body.uses() > 0)
                .map(Ranked::new)
                .sorted(Comparator.comparingDouble(Ranked::worth).reversed())
                .map(Ranked::body)
                .toList();
    }

    /** Uses for each byte: what keeps the most requests served. Taken once, since uses are counted meanwhile. */
    private record Ranked(RegionBody body, double worth) {
        Ranked(RegionBody body) {
            this(body, (double) body.uses() / Region.room(body.length()));
        }
    }

    /**
     * Copies them to another region, as far as they fit.
     *
     * @param most bytes
     * @param bodies that the other region may hold
     */
    void copyTo(Region target, int most, int bodies) {
        int end = Math.min(target.tail() + most, (int) (target.capacity() * MOST_KEPT));
        for (RegionBody body : inDemand) {
            boolean counted = target.count() < Math.min(bodies - 1, bodies * MOST_KEPT);
            if (counted && target.tail() + Region.room(body.length()) <= end) {
                copy(body, target);
            }
        }
    }

    private static void copy(RegionBody body, Region target) {
        int offset = target.tail();
        ByteBuffer memory = target.append(body.length());
        if (memory != null) {
            body.copyTo(memory.duplicate());
            body.move(new RegionSlice(target, target.generation(), offset, memory.asReadOnlyBuffer()));
            target.add(body);
        }
    }
}
