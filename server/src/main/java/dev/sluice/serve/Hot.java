package dev.sluice.serve;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import dev.sluice.io.RegionBody;
import dev.sluice.io.RegionSlice;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.site.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What is kept ready beside a body of the hot set: the answer itself, and the same body in other codings. */
final class Hot {
    private final SitePath path;
    private final Version version;
    private final Entrance entrance;
    private final Dressing dressing;
    private final Ready identity;
    private final @Nullable Template template;
    private final boolean plain;
    private final AtomicBoolean coding = new AtomicBoolean();
    private volatile List<Variant> variants;

    /**
     * The same body in another coding.
     *
     * @param body its bytes
     * @param ready the answer that carries it
     */
    record Variant(RegionBody body, Ready ready) {
        ContentCoding coding() {
            return ready.representation().coding();
        }
    }

    /**
     * @param path under which it is requested
     * @param version of the file it was read from
     * @param entrance what a request for it has to pass
     * @param dressing of the answer
     * @param identity the answer that carries the body itself
     * @param variants the same in other codings, as far as there are some from the start, the preferred ones first
     * @param template the places that are filled in for each response, or null
     */
    Hot(
            SitePath path,
            Version version,
            Entrance entrance,
            Dressing dressing,
            Ready identity,
            List<Variant> variants,
            @Nullable Template template) {
        this.path = path;
        this.version = version;
        this.entrance = entrance;
        this.dressing = dressing;
        this.identity = identity;
        this.variants = List.copyOf(variants);
        this.template = template;
        this.plain = entrance.open() && template == null && dressing.bytesPerSecond() == 0 && identity.repeatable();
    }

    /** Whether every client may have it, gets the same octets, and as fast as they go. */
    boolean plain() {
        return plain;
    }

    SitePath path() {
        return path;
    }

    Version version() {
        return version;
    }

    Entrance entrance() {
        return entrance;
    }

    Dressing dressing() {
        return dressing;
    }

    Ready identity() {
        return identity;
    }

    @Nullable
    Template template() {
        return template;
    }

    List<Variant> variants() {
        return variants;
    }

    void variants(List<Variant> others) {
        variants = List.copyOf(others);
    }

    /** Whether the caller is to make the variants: true once, until {@link #codingAbandoned()}. */
    boolean claimCoding() {
        return !coding.get() && coding.compareAndSet(false, true);
    }

    /** Whether somebody makes the variants, or has made them. */
    boolean codingClaimed() {
        return coding.get();
    }

    /** The variants could not be made, or are gone: let somebody try again. */
    void codingAbandoned() {
        coding.set(false);
    }

    /** A variant's answer, with a lease on its bytes. */
    record LeasedVariant(Ready ready, RegionSlice slice) {}

    /**
     * Leases the variant that a client likes best of those that are still there.
     *
     * @return null if the body itself is what it gets, or nothing is
     */
    @Nullable
    LeasedVariant lease(AcceptEncoding accepted) {
        for (Variant best = preferred(accepted); best != null; best = preferred(accepted)) {
            RegionSlice slice = lease(best);
            if (slice != null) {
                return new LeasedVariant(best.ready(), slice);
            }
        }
        return null;
    }

    private @Nullable Variant preferred(AcceptEncoding accepted) {
        List<Variant> offered = variants;
        Variant best = null;
        int bestQuality = 0;
        for (Variant variant : offered) {
            int quality = accepted.quality(variant.coding());
            if (quality > bestQuality) {
                best = variant;
                bestQuality = quality;
            }
        }
        return accepted.quality(ContentCoding.IDENTITY) > bestQuality ? null : best;
    }

    /** The bytes, or null if they have been evicted: the variant is then offered no more, and can be made again. */
    private @Nullable RegionSlice lease(Variant variant) {
        RegionSlice slice = variant.body().acquire();
        if (slice == null) {
            List<Variant> left = new ArrayList<>(variants);
            left.remove(variant);
            variants = List.copyOf(left);
            codingAbandoned();
        }
        return slice;
    }

    /** The answer, in full, that carries the body or one of its variants. */
    Ready.Answer answer(Ready ready, Policy policy) {
        return ready.answer(identity.representation().length(), dressing, entrance, policy);
    }

    /** What the planner is to decide by, once it has been decided which bytes are leased. */
    Lookup.Found found(Representation leased) {
        return new Lookup.Found(List.of(leased), identity.representation().length(), Set.of());
    }
}
