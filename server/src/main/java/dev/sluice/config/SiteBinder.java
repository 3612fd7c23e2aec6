package dev.sluice.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what belongs to one site. */
final class SiteBinder {
    private static final Pattern ERROR_STATUS = Pattern.compile("[45](?:[0-9]{2}|xx)");

    /** A status that ends the search, or a path in which no brace stands but those of its placeholder. */
    private static final Pattern CANDIDATE =
            Pattern.compile("=[45][0-9]{2}|(?:/|\\{path})(?:[^{}\\p{Cntrl}]|\\{path})*");

    private final PathTypes paths;
    private final HostClaims hosts;
    private final RuleBinder rules;

    SiteBinder(PathTypes paths, HostClaims hosts, RuleBinder rules) {
        this.paths = paths;
        this.hosts = hosts;
        this.rules = rules;
    }

    SiteSettings bind(Section section) {
        SiteSettings defaults = SiteSettings.defaults(paths.siteRoot(section));
        List<String> answered = hosts.read(section);
        if (section.isEmptyBut("root")) {
            return defaults;
        }
        SiteSettings settings = new SiteSettings(
                answered,
                defaults.root(),
                section.values("index", PathTypes.fileName(), defaults.index()),
                section.value("symlinks", ValueType.oneOf(SymlinkPolicy.values()), defaults.symlinks()),
                section.value("hide", ValueType.flag(), defaults.hide()),
                section.value("spa", PathTypes.sitePath().orNone("off"), Optional.empty())
                        .orElse(null),
                section.value("listing", ValueType.oneOf(ListingFormat.values()), defaults.listing()),
                section.value("cleanUrls", ValueType.flag(), defaults.cleanUrls()),
                section.value("trailingSlash", ValueType.oneOf(TrailingSlash.values()), defaults.trailingSlash()),
                tryFiles(section),
                section.has("errorPages") ? errorPages(section) : defaults.errorPages(),
                compression(section.section("compression")),
                section.value("dev", ValueType.flag(), defaults.dev()),
                section.sections("rules").stream().map(rules::bind).toList());
        section.finish();
        return settings;
    }

    private static List<String> tryFiles(Section section) {
        ValueType<String> type = ValueType.matching(
                "a path such as {path}.html or /app.html, or a status such as =404",
                text -> CANDIDATE.matcher(text).matches());
        List<String> candidates = section.values("tryFiles", type, List.of());
        for (int i = 0; i < candidates.size() - 1; i++) {
            if (candidates.get(i).startsWith("=")) {
                section.rejectItem("tryFiles", i, "a status only as the last item");
            }
        }
        return candidates;
    }

    private static ErrorPages errorPages(Section section) {
        ValueType<String> status = ValueType.matching(
                "a status from 400 to 599, or 4xx or 5xx",
                text -> ERROR_STATUS.matcher(text).matches());
        Map<Integer, String> byStatus = new HashMap<>();
        Map<Integer, String> byClass = new HashMap<>();
        section.entries("errorPages", status, PathTypes.sitePath()).forEach((key, page) -> {
            if (key.endsWith("xx")) {
                byClass.put(key.charAt(0) - '0', page);
            } else {
                byStatus.put(Integer.parseInt(key), page);
            }
        });
        return new ErrorPages(byStatus, byClass);
    }

    private static SiteCompressionSettings compression(Section section) {
        SiteCompressionSettings settings = new SiteCompressionSettings(
                section.optional("streaming", ValueType.flag()).orElse(null));
        section.finish();
        return settings;
    }
}
