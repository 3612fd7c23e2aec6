package dev.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads which requests a rule is for. */
final class MatchBinder {
    private static final Pattern EXTENSION = Pattern.compile("[^./\\\\\\p{Cntrl}]+");

    private MatchBinder() {}

    static MatchSettings bind(Section section) {
        MatchSettings match = new MatchSettings(
                section.oneOrMore("path", glob()),
                section.oneOrMore("extension", extension()),
                section.oneOrMore("method", FieldTypes.method()),
                section.oneOrMore("type", FieldTypes.mediaTypePattern()));
        for (String key : List.of("path", "extension", "method", "type")) {
            section.rejectEmpty(key, "at least one, or no such key");
        }
        section.finish();
        return match;
    }

    /** What texts of the rule may refer to: only captures that every one of its globs makes. */
    static CaptureTypes captures(MatchSettings match) {
        return new CaptureTypes(match.path().stream()
                .mapToInt(glob -> PathGlob.of(glob).wildcards())
                .min()
                .orElse(0));
    }

    private static ValueType<String> glob() {
        return ValueType.matching(
                "a glob over the whole path such as /assets/** or **.css, which begins with / or **",
                text -> PathGlob.of(text).wellFormed());
    }

    private static ValueType<String> extension() {
        return ValueType.matching(
                        "an extension without its dot such as css",
                        text -> EXTENSION.matcher(text).matches())
                .map(text -> text.toLowerCase(Locale.ROOT));
    }
}
