package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.SitePath;
import dev.sluice.plan.Action;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import dev.sluice.site.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads small files and their sidecars, and tells what each is to a client. Blocking. */
final class Intake {
    private final Recheck recheck;
    private final Policy policy;
    private final Representations representations;
    private final RegionReader reader;

    /**
     * @param recheck looks at the file again when it has been read
     * @param reader decides where the bytes go
     */
    Intake(Recheck recheck, Policy policy, Representations representations, RegionReader reader) {
        this.recheck = recheck;
        this.policy = policy;
        this.representations = representations;
        this.reader = reader;
    }

    /** Looks at a file again. */
    @FunctionalInterface
    interface Recheck {
        /**
         * Tells what it is now.
         *
         * @param lookedFor by which path the file was found
         * @return its version, or null if that cannot be told
         */
        @Nullable
        Version version(SitePath lookedFor, Resolution.File file) throws IOException;

        /** Finds it anew, so that what is kept is what the path names, and nothing beside it is missed. */
        static Recheck anew(Resolver resolver) {
            return (lookedFor, file) -> resolver.examine(lookedFor);
        }

        /** Enough for what is sent once: whether what was read is whole. */
        static Recheck inPlace() {
            return (lookedFor, file) -> file.unchanged() ? file.version() : null;
        }
    }

    /**
     * A file that has been read.
     *
     * @param body its bytes, as they are sent
     * @param identity what they are to a client
     * @param coded the same by its sidecars, the preferred ones first
     * @param template the places that are filled in for each response, or null
     * @param complete whether there was nothing else coded beside it
     */
    record Taken(
            RegionReader.Held body,
            Representation identity,
            List<Coded> coded,
            @Nullable Template template,
            boolean complete) {
        /**
         * The same, if it has been there all the time.
         *
         * @param version of the file that it was taken for
         * @param now its version when it was looked at again, or null
         * @return null if it is another one now
         */
        @Nullable
        Taken ifStill(Version version, @Nullable Version now) {
            return now != null && version.isIn(now)
                    ? new Taken(body, identity, coded, template, version.equals(now))
                    : null;
        }

        /** What the planner decides by if all of it can be sent. */
        Lookup.Found found(long sourceLength) {
            List<Representation> choices = Stream.concat(coded.stream().map(Coded::representation), Stream.of(identity))
                    .toList();
            return new Lookup.Found(choices, sourceLength, Set.of());
        }
    }

    /**
     * A sidecar that has been read.
     *
     * @param body its bytes
     * @param representation what they are to a client
     */
    record Coded(RegionReader.Held body, Representation representation) {}

    /**
     * Reads a file and then its sidecars, all or nothing.
     *
     * @param lookedFor by which path the file was found
     * @param dressing of the answer, which may have something filled in
     * @param held takes up what is leased meanwhile, for the caller to release: the body first
     * @return what was read, or null if it changed meanwhile
     */
    @Nullable
    Taken take(SitePath lookedFor, Resolution.File file, Dressing dressing, List<RegionReader.Held> held)
            throws IOException {
        Action.Template filled = dressing.template();
        boolean read = filled == null ? read(file, held) : readFilled(file, filled, held);
        Version now = read ? recheck.version(lookedFor, file) : null;
        if (now == null || !file.version().isIn(now)) {
            return null;
        }
        RegionReader.Held body = held.get(0);
        Template template =
                filled == null || filled.nonce() == null ? null : Template.in(body.content(), filled.nonce());
        Representation identity = representations.read(file, ContentCoding.IDENTITY, body.content(), filled == null);
        return new Taken(
                body,
                identity,
                filled == null ? coded(file, held) : List.of(),
                template,
                file.version().equals(now));
    }

    private boolean read(Resolution.File file, List<RegionReader.Held> held) throws IOException {
        RegionReader.Held body = reader.read(file.channel(), (int) file.facts().size());
        if (body == null) {
            return false;
        }
        held.add(body);
        for (Resolution.Sidecar sidecar : kept(file)) {
            RegionReader.Held coded =
                    reader.read(sidecar.channel(), (int) sidecar.facts().size());
            if (coded == null) {
                return false;
            }
            held.add(coded);
        }
        return true;
    }

    /** What is filled in is known to this server alone, so no sidecar can hold it. */
    private boolean readFilled(Resolution.File file, Action.Template template, List<RegionReader.Held> held)
            throws IOException {
        ByteBuffer raw = ByteBuffer.allocate((int) file.facts().size());
        if (!RegionReader.fill(raw, file.channel())) {
            return false;
        }
        held.add(reader.copy(Placeholders.fill(raw.flip(), template.env())));
        return true;
    }

    /** A sidecar larger than any file that is held could not be held. */
    private List<Resolution.Sidecar> kept(Resolution.File file) {
        return file.sidecars().stream()
                .filter(sidecar -> policy.holds(sidecar.facts().size()))
                .toList();
    }

    private List<Coded> coded(Resolution.File file, List<RegionReader.Held> held) {
        List<Resolution.Sidecar> sidecars = kept(file);
        List<Coded> coded = new ArrayList<>();
        for (int i = 0; i < sidecars.size(); i++) {
            RegionReader.Held body = held.get(i + 1);
            coded.add(new Coded(body, representations.read(file, sidecars.get(i).coding(), body.content(), true)));
        }
        return coded;
    }
}
