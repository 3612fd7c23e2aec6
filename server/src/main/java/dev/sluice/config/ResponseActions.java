package dev.sluice.config;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the actions of a rule that dress an answer: they may wait until its file is known. */
final class ResponseActions {
    private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]+");

    /** The values that browsers know (Referrer Policy §3); of one that they don't they say nothing and ignore it. */
    private static final List<String> REFERRER_POLICIES = List.of(
            "no-referrer",
            "no-referrer-when-downgrade",
            "origin",
            "origin-when-cross-origin",
            "same-origin",
            "strict-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url");

    /**
     * Twelve characters are 72 bits of a nonce. Content Security Policy 3 §7.1 advises 128, which are 22 characters; but
     * the page's author, not this server, chooses the text to replace.
     */
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Za-z0-9_-]{12,64}");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> environment;

    ResponseActions(Map<String, String> environment) {
        this.environment = environment;
    }

    static Optional<HeaderEdits> headers(Section rule) {
        return rule.mapping("headers", section -> {
            HeaderEdits edits = new HeaderEdits(
                    section.entries("set", FieldTypes.replaceableName(), FieldTypes.value()),
                    section.entries("add", FieldTypes.addableName(), FieldTypes.value()),
                    section.oneOrMore("remove", FieldTypes.replaceableName()));
            section.finish();
            return edits;
        });
    }

    static Optional<CacheControl> cache(Section rule) {
        ValueType<CacheControl> type = ValueType.text(
                "no-store, no-cache, revalidate, immutable, a duration such as 1h in whole seconds, or a field value"
                        + " such as private, max-age=60",
                CacheControl::parse);
        return rule.optional("cache", type);
    }

    /** The word {@code false} is refused: it would become the name of the file. */
    static Optional<DownloadSettings> download(Section rule) {
        ValueType<DownloadSettings> type = ValueType.matching(
                        "a file name such as report.pdf",
                        text -> FILE_NAME.matcher(text).matches() && !text.equals("false"))
                .map(DownloadSettings::new)
                .orWord("true", new DownloadSettings(null));
        return rule.optional("download", type);
    }

    static Optional<ByteSize> bandwidth(Section rule) {
        return rule.optional("bandwidth", ValueType.size("1MiB", ByteSize.ofKibibytes(1), ByteSize.ofGibibytes(1024)));
    }

    static Optional<SecuritySettings> security(Section rule) {
        ValueType<Optional<SecuritySettings>> on = ValueType.word("true", Optional.of(SecuritySettings.defaults()));
        return rule.value("security", on, Optional.empty(), section -> Optional.of(securityOf(section)));
    }

    private static SecuritySettings securityOf(Section section) {
        SecuritySettings defaults = SecuritySettings.defaults();
        SecuritySettings settings = new SecuritySettings(
                section.value("frame", ValueType.oneOf(SecuritySettings.Frame.values()), defaults.frame()),
                section.value("referrer", ValueType.oneOf(REFERRER_POLICIES), defaults.referrer()),
                section.value(
                                "hsts",
                                ValueType.duration("365d", ZERO, ofDays(3650)).orNone("off"),
                                Optional.ofNullable(defaults.hsts()))
                        .orElse(null),
                section.value("csp", FieldTypes.value().orNone("none"), Optional.<String>empty())
                        .orElse(null));
        section.finish();
        return settings;
    }

    Optional<TemplateSettings> template(Section rule) {
        ValueType<String> placeholder = ValueType.matching(
                "a text of 12 to 64 letters, digits, _ or -; the nonce that replaces it is as long, 22 or more is best",
                text -> PLACEHOLDER.matcher(text).matches());
        ValueType<String> variable = ValueType.matching(
                "the name of an environment variable that is set",
                text -> VARIABLE.matcher(text).matches() && environment.containsKey(text));
        return rule.mapping("template", section -> {
            if (section.isEmptyBut()) {
                section.lacks("placeholder", "nonce, env or both");
            }
            Optional<String> nonce = section.optional("nonce", placeholder);
            Map<String, String> values = new LinkedHashMap<>();
            section.values("env", variable, List.of())
                    .forEach(name -> values.put(name, environment.getOrDefault(name, "")));
            section.finish();
            return new TemplateSettings(nonce.orElse(null), values);
        });
    }
}
