package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.EntityTag;
import dev.sluice.http.MediaType;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.WantDigest;
import dev.sluice.io.Codec;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.site.FileFacts;
import dev.sluice.site.Resolution;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** From a file's facts, and its content where that is at hand, to what is said of it in a response. */
final class Representations {
    private final MediaTypes types;
    private final CodingPolicy codings;
    private final Policy policy;
    private final Supplier<Set<Codec>> codecs;

    /**
     * @param codecs those that work on this machine, which may take some time to learn
     */
    Representations(MediaTypes types, CodingPolicy codings, Policy policy, Supplier<Set<Codec>> codecs) {
        this.types = types;
        this.codings = codings;
        this.policy = policy;
        this.codecs = codecs;
    }

    CodingPolicy codings() {
        return codings;
    }

    MediaType type(Resolution.File file) {
        return types.of(file.path().name());
    }

    /** Whether the hot set may come to hold this file coded. */
    boolean worthCoding(Resolution.File file) {
        return codings.covers(type(file), file.facts().size());
    }

    private boolean varies(Resolution.File file) {
        boolean coded = policy.holds(file.facts().size()) || (codings.streaming() && !file.inflated());
        return !file.sidecars().isEmpty() || (coded && worthCoding(file));
    }

    /**
     * One that has been read.
     *
     * @param content all of it, as it is sent; read to its end
     * @param codable whether it may be coded at all
     */
    Representation read(Resolution.File file, ContentCoding coding, ByteBuffer content, boolean codable) {
        return read(type(file), file.facts(), coding, codable && varies(file), content);
    }

    /** One that was made from another. */
    Representation coded(Representation identity, ContentCoding coding, ByteBuffer content) {
        int length = content.remaining();
        byte[] sha256 = Validators.digest(content);
        return new Representation(
                length,
                Validators.fromContent(sha256),
                identity.lastModified(),
                identity.type(),
                coding,
                true,
                WantDigest.reprDigest(sha256));
    }

    private static Representation read(
            MediaType type, FileFacts facts, ContentCoding coding, boolean varies, ByteBuffer content) {
        int length = content.remaining();
        byte[] sha256 = Validators.digest(content);
        return new Representation(
                length,
                Validators.fromContent(sha256),
                Validators.lastModified(facts),
                type,
                coding,
                varies,
                WantDigest.reprDigest(sha256));
    }

    /** All of a file that is too large to be read for it: itself, its sidecars, and what can be made while it is sent. */
    Lookup.Found unread(Resolution.File file) {
        List<Representation> choices = new ArrayList<>();
        Set<ContentCoding> streamable = new HashSet<>();
        EntityTag etag = Validators.fromFacts(file.facts());
        for (ContentCoding coding : codings.codings()) {
            file.sidecars().stream()
                    .filter(sidecar -> sidecar.coding() == coding)
                    .forEach(sidecar -> choices.add(unread(
                            file,
                            coding,
                            Validators.fromFacts(sidecar.facts()),
                            sidecar.facts().size())));
            boolean made = choices.stream().noneMatch(choice -> choice.coding() == coding);
            if (made
                    && !file.inflated()
                    && codings.streaming()
                    && codecs.get().contains(Codecs.of(coding))
                    && worthCoding(file)) {
                choices.add(unread(
                        file,
                        coding,
                        Validators.compressed(etag, coding),
                        file.facts().size()));
                streamable.add(coding);
            }
        }
        choices.add(unread(file, ContentCoding.IDENTITY, etag, file.facts().size()));
        return new Lookup.Found(choices, file.facts().size(), streamable, packing(file));
    }

    private static Lookup.Packing packing(Resolution.File file) {
        if (file.inflated()) {
            return Lookup.Packing.DEFLATED;
        }
        return file.facts().inArchive() ? Lookup.Packing.STORED : Lookup.Packing.NONE;
    }

    private Representation unread(Resolution.File file, ContentCoding coding, EntityTag etag, long length) {
        return new Representation(
                length, etag, Validators.lastModified(file.facts()), type(file), coding, varies(file), null);
    }
}
