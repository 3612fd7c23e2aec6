package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.site.Resolution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes files from what an earlier process left, where they are still the same: as an {@link Intake} takes them from the disk.
 * What is said of them in a response is found out anew. Reads the bytes, and so belongs on a worker.
 */
final class KeptIntake {
    private final Inheritance inheritance;
    private final Representations representations;
    private final Policy policy;

    KeptIntake(Inheritance inheritance, Representations representations, Policy policy) {
        this.inheritance = inheritance;
        this.representations = representations;
        this.policy = policy;
    }

    /**
     * Takes a file with its sidecars, and what was coded of it, all in the regions.
     *
     * @param held takes up what is leased meanwhile, the body first; as it was if there is nothing to be taken
     * @return null if the file, or one of its sidecars, was not left, or is another one now, or has something filled in
     */
    Intake.@Nullable Taken take(Resolution.File file, Dressing dressing, List<RegionReader.Held> held) {
        if (dressing.template() != null || inheritance.isEmpty()) {
            return null;
        }
        RegionReader.Held body = inheritance.claim(KeptKey.of(ContentCoding.IDENTITY, file.facts()));
        if (body == null) {
            return null;
        }
        held.add(body);
        Representation identity = representations.read(file, ContentCoding.IDENTITY, body.content(), true);
        List<Intake.Coded> coded = coded(file, identity, held);
        if (coded == null) {
            held.forEach(RegionReader.Held::discard);
            held.forEach(RegionReader.Held::release);
            held.clear();
            return null;
        }
        return new Intake.Taken(body, identity, coded, null, true);
    }

    private @Nullable List<Intake.Coded> coded(
            Resolution.File file, Representation identity, List<RegionReader.Held> held) {
        List<Intake.Coded> coded = new ArrayList<>();
        for (ContentCoding coding : representations.codings().codings()) {
            Resolution.Sidecar sidecar = sidecar(file, coding);
            RegionReader.Held body = sidecar != null
                    ? inheritance.claim(KeptKey.of(ContentCoding.IDENTITY, sidecar.facts()))
                    : made(file, coding);
            if (body != null) {
                held.add(body);
                coded.add(new Intake.Coded(
                        body,
                        sidecar == null
                                ? representations.coded(identity, coding, body.content())
                                : representations.read(file, coding, body.content(), true)));
            } else if (sidecar != null) {
                return null;
            }
        }
        return coded;
    }

    private RegionReader.@Nullable Held made(Resolution.File file, ContentCoding coding) {
        return representations.worthCoding(file) ? inheritance.claim(KeptKey.of(coding, file.facts())) : null;
    }

    private Resolution.@Nullable Sidecar sidecar(Resolution.File file, ContentCoding coding) {
        return file.sidecars().stream()
                .filter(sidecar -> sidecar.coding() == coding
                        && policy.holds(sidecar.facts().size()))
                .findFirst()
                .orElse(null);
    }
}
