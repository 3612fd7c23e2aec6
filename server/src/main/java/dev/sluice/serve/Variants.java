package dev.sluice.serve;

import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.io.Encoders;
import dev.sluice.io.HotSet;
import dev.sluice.io.RegionBody;
import dev.sluice.io.RegionSlice;
import dev.sluice.io.VariantBuilder;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has the coded forms of hot files made: once, in the background, at a high level, into the regions beside the original.
 * Until they are ready the file is served as it is.
 */
final class Variants {
    /** A coded form has to save a tenth, or it is not worth its place and the client's work. */
    private static final int LEAST_SAVING = 10;

    private static final Logger LOG = Logger.getLogger("sluice");

    private final HotSet<Hot> hotSet;
    private final Representations representations;
    private final RegionReader reader;
    private final Policy policy;
    private final Encoders encoders;
    private final VariantBuilder builder;

    Variants(
            HotSet<Hot> hotSet,
            Representations representations,
            RegionReader reader,
            Policy policy,
            Encoders encoders,
            VariantBuilder builder) {
        this.hotSet = hotSet;
        this.representations = representations;
        this.reader = reader;
        this.policy = policy;
        this.encoders = encoders;
        this.builder = builder;
    }

    /** A client would have taken this file coded: see to it that the next one can. */
    void want(HotSet.Entry<Hot> entry, AcceptEncoding accepted) {
        Hot hot = entry.value();
        if (!wanted(hot.identity().representation(), accepted) || !hot.claimCoding()) {
            return;
        }
        if (!builder.submit(() -> make(entry))) {
            hot.codingAbandoned();
        }
    }

    /** Whether a request by such a client has the coded forms made, unless they are there. */
    boolean wanted(Representation identity, AcceptEncoding accepted) {
        return identity.varies() && prefersAny(accepted);
    }

    /** The coded forms that can be made on this machine. */
    List<ContentCoding> makeable() {
        return representations.codings().codings().stream()
                .filter(coding -> encoders.available().contains(Codecs.of(coding)))
                .toList();
    }

    private boolean prefersAny(AcceptEncoding accepted) {
        for (ContentCoding coding : representations.codings().codings()) {
            if (accepted.quality(coding) >= accepted.quality(ContentCoding.IDENTITY)) {
                return true;
            }
        }
        return false;
    }

    private void make(HotSet.Entry<Hot> entry) {
        Hot hot = entry.value();
        RegionSlice slice = entry.body().acquire();
        if (slice == null) {
            return;
        }
        List<RegionReader.Held> held = new ArrayList<>();
        try {
            List<Hot.Variant> all = new ArrayList<>();
            for (ContentCoding coding : representations.codings().codings()) {
                hot.variants().stream()
                        .filter(variant -> variant.coding() == coding)
                        .findFirst()
                        .ifPresentOrElse(all::add, () -> make(hot, slice, coding, held, all));
            }
            hot.variants(all);
            hotSet.attach(entry, all.stream().map(Hot.Variant::body).toList());
        } finally {
            held.forEach(RegionReader.Held::release);
            slice.release();
        }
    }

    private void make(
            Hot hot, RegionSlice slice, ContentCoding coding, List<RegionReader.Held> held, List<Hot.Variant> all) {
        if (!encoders.available().contains(Codecs.of(coding))) {
            return;
        }
        ByteBuffer coded;
        try {
            coded = encoders.encode(Codecs.of(coding), slice.view(0, slice.length()));
        } catch (IOException noMemory) {
            LOG.log(Level.WARNING, "cannot compress {0}: {1}", new Object[] {hot.path(), noMemory});
            return;
        }
        if (coded.remaining() > slice.length() - slice.length() / LEAST_SAVING) {
            return;
        }
        RegionReader.Held body = reader.copy(coded);
        held.add(body);
        RegionBody kept = body.body();
        if (kept != null) {
            reader.note(body, KeptKey.of(coding, hot.version().file()));
            Representation made = representations.coded(hot.identity().representation(), coding, body.content());
            all.add(new Hot.Variant(kept, Ready.of(made, slice.length(), hot.dressing(), hot.entrance(), policy)));
        }
    }
}
