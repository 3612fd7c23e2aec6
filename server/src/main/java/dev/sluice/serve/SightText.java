package dev.sluice.serve;

import dev.sluice.http.ContentCoding;
import dev.sluice.plan.Representation;
import dev.sluice.site.FileFacts;
import dev.sluice.site.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What was seen of a file and of the hot set, in words. */
final class SightText {
    private SightText() {}

    static String of(FileFacts facts) {
        return facts.size() + " bytes, modified " + facts.modified();
    }

    static String of(Resolution.File file, Instant now) {
        String sidecars = file.sidecars().isEmpty()
                ? ""
                : "; sidecars: "
                        + file.sidecars().stream()
                                .map(sidecar -> sidecar.coding().token())
                                .collect(Collectors.joining(", "));
        String young = Settling.rested(file.facts(), Settling.IN_PLACE, now)
                ? ""
                : "; written to just now: a request would wait for it to rest";
        return file.path() + ", " + of(file.facts()) + sidecars + young;
    }

    /** Why there is no file. */
    static String of(Resolution resolution) {
        if (resolution instanceof Resolution.Moved moved) {
            return "none: the path should be " + moved.path();
        }
        if (resolution instanceof Resolution.NoIndex directory) {
            return "none: " + directory.path() + " is a directory without an index";
        }
        if (resolution instanceof Resolution.RootAbsent) {
            return "none: the root cannot be opened";
        }
        return resolution instanceof Resolution.Missing missing
                ? "none: " + missing.reason()
                : "none: it changes again and again";
    }

    /**
     * Which codings the hot set has.
     *
     * @param coded those that are there
     * @param wanted those that this request would have made
     */
    static String of(List<Representation> coded, List<ContentCoding> wanted) {
        List<String> there =
                coded.stream().map(choice -> choice.coding().token()).toList();
        List<String> toCome = wanted.stream()
                .map(ContentCoding::token)
                .filter(token -> !there.contains(token))
                .toList();
        String made = toCome.isEmpty() ? "" : ", to be made if worth it: " + String.join(", ", toCome);
        return "; codings: " + (there.isEmpty() ? "none" : String.join(", ", there)) + made;
    }
}
