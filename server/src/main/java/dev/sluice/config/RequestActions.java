package dev.sluice.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the actions of a rule that are taken before a file is looked for: each decides about the request alone. */
final class RequestActions {
    /** Modular crypt format of bcrypt: version, cost, 22 characters of salt and 31 of hash. */
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(?:0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");

    /** RFC 7617 §2: a colon ends the name. */
    private static final Pattern USER = Pattern.compile("[^:\\p{Cntrl}]+");

    /** Printable ASCII that needs no escape in a quoted string (RFC 9110 §5.6.4). */
    private static final Pattern REALM = Pattern.compile("[ -~&&[^\"\\\\]]+");

    /** What a browser sends as Origin: scheme, host and perhaps a port, all in lower case, and no path. */
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[!-~&&[^/?#@\\\\A-Z]]+");

    private static final int MOST_REQUESTS = 1_000_000;

    private RequestActions() {}

    static Optional<RedirectSettings> redirect(Section rule, CaptureTypes captures) {
        ValueType<Optional<RedirectSettings>> target = captures.redirectTarget()
                .map(to -> Optional.of(new RedirectSettings(to, RedirectSettings.DEFAULT_STATUS)));
        return rule.value("redirect", target, Optional.empty(), section -> redirect(captures, section));
    }

    private static Optional<RedirectSettings> redirect(CaptureTypes captures, Section section) {
        ValueType<Integer> status = ValueType.oneOf(List.of(301, 302, 307, 308));
        section.require("to", captures.redirectTarget().expected());
        Optional<String> to = section.optional("to", captures.redirectTarget());
        int code = section.value("status", status, RedirectSettings.DEFAULT_STATUS);
        section.finish();
        return to.map(location -> new RedirectSettings(location, code));
    }

    static Optional<CorsSettings> cors(Section rule) {
        ValueType<Optional<CorsSettings>> on = ValueType.word("true", Optional.of(CorsSettings.defaults()));
        return rule.value("cors", on, Optional.empty(), section -> Optional.of(corsOf(section)));
    }

    private static CorsSettings corsOf(Section section) {
        CorsSettings defaults = CorsSettings.defaults();
        ValueType<String> origin = ValueType.matching(
                "an origin in lower case such as https://a.example, or *",
                text -> text.equals(CorsSettings.ANY_ORIGIN)
                        || ORIGIN.matcher(text).matches());
        CorsSettings settings = new CorsSettings(
                section.values("origins", origin, defaults.origins()),
                section.values("methods", FieldTypes.method(), defaults.methods()),
                section.values("headers", FieldTypes.name(), defaults.headers()),
                section.values("expose", FieldTypes.name(), defaults.expose()),
                section.value("credentials", ValueType.flag(), defaults.credentials()),
                section.value("maxAge", ValueType.duration("10m", Duration.ZERO, ofDays(1)), defaults.maxAge()));
        section.rejectEmpty("origins", "at least one origin");
        boolean any = settings.origins().contains(CorsSettings.ANY_ORIGIN);
        if (any && settings.origins().size() > 1) {
            section.reject("origins", "either * alone or named origins");
        }
        if (any && settings.credentials()) {
            section.reject(
                    "credentials", "false for the origin *: browsers accept credentials from named origins only");
        }
        section.finish();
        return settings;
    }

    static Optional<AuthSettings> auth(Section rule) {
        ValueType<String> user = ValueType.matching(
                        "a user's name without a colon",
                        text -> USER.matcher(text).matches())
                // What follows the colon, as in a file of Apache's, would be the password.
                .hide();
        ValueType<String> hash = ValueType.matching(
                        "a bcrypt hash such as sluice hash-password prints",
                        text -> BCRYPT.matcher(text).matches())
                .hide();
        ValueType<String> realm = ValueType.matching(
                "printable ASCII without \" and \\", text -> REALM.matcher(text).matches());
        return rule.conceal("auth").mapping("auth", section -> {
            section.conceal("users").require("users", "at least one user with a bcrypt hash");
            AuthSettings settings = new AuthSettings(
                    section.value("realm", realm, AuthSettings.DEFAULT_REALM), section.entries("users", user, hash));
            section.finish();
            return settings;
        });
    }

    static Optional<Integer> deny(Section rule) {
        return rule.optional("deny", ValueType.oneOf(List.of(403, 404, 410)).orWord("true", 403));
    }

    static Optional<Duration> maintenance(Section rule) {
        return rule.optional("maintenance", ValueType.duration("10m", ofSeconds(1), ofDays(30)));
    }

    static Optional<RateLimitSettings> rateLimit(Section rule) {
        ValueType<Integer> count = ValueType.wholeNumber("a number of requests", 1, MOST_REQUESTS);
        return rule.mapping("rateLimit", section -> {
            section.require("requests", count.expected());
            int requests = section.value("requests", count, 1);
            RateLimitSettings settings = new RateLimitSettings(
                    requests,
                    section.value("per", ValueType.duration("1s", ofMillis(100), ofDays(1)), ofSeconds(1)),
                    section.value("burst", count, requests));
            section.finish();
            return settings;
        });
    }
}
