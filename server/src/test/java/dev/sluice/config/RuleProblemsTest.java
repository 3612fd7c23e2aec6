package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules with one fault each, alone on the second line of their file. */
class RuleProblemsTest {
    private static final String RULE = "sites[0].rules[0]";
    private static final String HASH = "$2y$10$" + "a".repeat(53);
    private static final String OWNED = "a field name such as X-Frame-Options, but none that tells of the body and its"
            + " framing, which are the server's: accept-ranges, allow, connection, content-encoding, content-length,"
            + " content-range, date, etag, keep-alive, last-modified, proxy-connection, te, trailer,"
            + " transfer-encoding, upgrade";
    private static final String CACHE = "no-store, no-cache, revalidate, immutable, a duration such as 1h in whole"
            + " seconds, or a field value such as private, max-age=60";
    private static final String GLOB =
            "a glob over the whole path such as /assets/** or **.css, which begins with / or **";
    private static final String TARGET = "a path such as /new or a URL such as https://example.org/new";
    private static final String NONCE =
            "a text of 12 to 64 letters, digits, _ or -; the nonce that replaces it is as long, 22 or more is best";
    private static final String ONE_DECISION = "only one of redirect, rewrite, deny, maintenance in a rule";
    private static final String BEFORE_TYPE =
            "no match.type with it, since it is decided before the type is known; with"
                    + " match.type: headers, cache, download, bandwidth, security, template";

    @TempDir
    private Path directory;

    private ConfigurationLoader loader;

    @BeforeEach
    void setUp() {
        loader = new ConfigurationLoader(directory, Map.of("API_URL", "https://api.example"));
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                unfit("{match: {path: assets}, deny: true}", 16, ".match.path", "\"assets\"", GLOB),
                unfit("{match: {path: '*.css'}, deny: true}", 16, ".match.path", "\"*.css\"", GLOB),
                unfit("{match: {path: [/a, '/***']}, deny: true}", 21, ".match.path[1]", "\"/***\"", GLOB),
                unfit("{match: {path: '/a\\'}, deny: true}", 16, ".match.path", "\"/a\\\"", GLOB),
                unfit(
                        "{match: {path: []}, deny: true}",
                        16,
                        ".match.path",
                        "a list of 0",
                        "at least one, or no such key"),
                unfit(
                        "{match: {extension: .css}, deny: true}",
                        21,
                        ".match.extension",
                        "\".css\"",
                        "an extension without its dot such as css"),
                unfit(
                        "{match: {method: get}, deny: true}",
                        18,
                        ".match.method",
                        "\"get\"",
                        "a method in capitals such as GET"),
                unfit(
                        "{match: {type: html}, cache: 1h}",
                        16,
                        ".match.type",
                        "\"html\"",
                        "a media type such as text/html, or text/*"),
                unfit(
                        "{match: {type: '*/html'}, cache: 1h}",
                        16,
                        ".match.type",
                        "\"*/html\"",
                        "a media type such as text/html, or text/*"),
                unfit("{match: {type: text/html}, deny: true}", 34, ".deny", "\"true\"", BEFORE_TYPE),
                unfit("{match: {type: text/html}, redirect: /x}", 38, ".redirect", "\"/x\"", BEFORE_TYPE),
                unfit(
                        "{match: {type: text/html}, rateLimit: {requests: 1}}",
                        39,
                        ".rateLimit",
                        "a mapping",
                        BEFORE_TYPE),
                other("{match: {paths: /x}, deny: true}", 10, ".match.paths: unknown key (did you mean path?)"),
                other("{denny: true}", 2, ".denny: unknown key (did you mean deny?)"),
                other(
                        "{match: {path: /x}}",
                        1,
                        ": no action (expected: one of redirect, rewrite, cors, auth, deny, maintenance, rateLimit,"
                                + " headers, cache, download, bandwidth, security, template)"),
                unfit("{deny: true, redirect: /x}", 8, ".deny", "\"true\"", ONE_DECISION),
                unfit("{rewrite: /x, maintenance: 1m}", 28, ".maintenance", "\"1m\"", ONE_DECISION));
    }

    static Stream<Arguments> requestActions() {
        return Stream.of(
                unfit(
                        "{redirect: new}",
                        12,
                        ".redirect",
                        "\"new\"",
                        TARGET + ", without $1 since match.path has no wildcard, or a mapping"),
                unfit(
                        "{match: {path: '/?/**'}, redirect: /$3}",
                        36,
                        ".redirect",
                        "\"/$3\"",
                        TARGET + ", with no capture beyond $2, or a mapping"),
                unfit(
                        "{match: {path: ['/*/*', '/*']}, redirect: {to: /$2}}",
                        48,
                        ".redirect.to",
                        "\"/$2\"",
                        TARGET + ", with no capture beyond $1"),
                unfit(
                        "{match: {path: '/**'}, redirect: {to: https://$1/}}",
                        39,
                        ".redirect.to",
                        "\"https://$1/\"",
                        TARGET + ", with no capture beyond $1"),
                unfit(
                        "{redirect: //evil.example}",
                        12,
                        ".redirect",
                        "\"//evil.example\"",
                        TARGET + ", without $1 since match.path has no wildcard, or a mapping"),
                unfit(
                        "{redirect: ftp://example.org/}",
                        12,
                        ".redirect",
                        "\"ftp://example.org/\"",
                        TARGET + ", without $1 since match.path has no wildcard, or a mapping"),
                unfit("{redirect: {to: /x, status: 303}}", 29, ".redirect.status", "\"303\"", "301, 302, 307 or 308"),
                other(
                        "{redirect: {status: 308}}",
                        12,
                        ".redirect: no to (expected: " + TARGET + ", without $1 since match.path has no wildcard)"),
                unfit(
                        "{rewrite: x}",
                        11,
                        ".rewrite",
                        "\"x\"",
                        "a path in the site such as /new, without $1 since match.path has no wildcard"),
                unfit(
                        "{match: {path: '/\\*/*'}, rewrite: /$0}",
                        35,
                        ".rewrite",
                        "\"/$0\"",
                        "a path in the site such as /new, with no capture beyond $1"),
                unfit("{cors: false}", 8, ".cors", "\"false\"", "true, or a mapping"),
                unfit(
                        "{cors: {origins: [https://a.example/]}}",
                        19,
                        ".cors.origins[0]",
                        "\"https://a.example/\"",
                        "an origin in lower case such as https://a.example, or *"),
                unfit(
                        "{cors: {origins: ['*', https://a.example]}}",
                        18,
                        ".cors.origins",
                        "a list of 2",
                        "either * alone or named origins"),
                unfit(
                        "{cors: {credentials: true}}",
                        22,
                        ".cors.credentials",
                        "\"true\"",
                        "false for the origin *: browsers accept credentials from named origins only"),
                unfit(
                        "{cors: {methods: [put]}}",
                        19,
                        ".cors.methods[0]",
                        "\"put\"",
                        "a method in capitals such as GET"),
                unfit(
                        "{cors: {headers: ['a b']}}",
                        19,
                        ".cors.headers[0]",
                        "\"a b\"",
                        "a field name such as X-Frame-Options"),
                unfit(
                        "{cors: {expose: ['a:']}}",
                        18,
                        ".cors.expose[0]",
                        "\"a:\"",
                        "a field name such as X-Frame-Options"),
                unfit("{cors: {maxAge: 2d}}", 17, ".cors.maxAge", "\"2d\"", "a duration such as 10m, 0 s to 1 d"),
                unfit("{auth: alice}", 8, ".auth", "a value that is not shown", "a mapping"),
                other("{auth: {realm: x}}", 8, ".auth: no users (expected: at least one user with a bcrypt hash)"),
                unfit("{auth: {users: {}}}", 16, ".auth.users", "a mapping", "at least one user with a bcrypt hash"),
                unfit(
                        "{auth: {users: {'a:b': " + HASH + "}}}",
                        17,
                        ".auth.users",
                        "a value that is not shown",
                        "a user's name without a colon"),
                unfit(
                        "{auth: {realm: 'a\"b', users: {alice: " + HASH + "}}}",
                        16,
                        ".auth.realm",
                        "\"a\"b\"",
                        "printable ASCII without \" and \\"),
                unfit("{deny: 500}", 8, ".deny", "\"500\"", "403, 404 or 410, or true"),
                unfit("{maintenance: soon}", 15, ".maintenance", "\"soon\"", "a duration such as 10m, 1 s to 30 d"),
                other("{rateLimit: {}}", 13, ".rateLimit: no requests (expected: a number of requests, 1 to 1000000)"),
                unfit(
                        "{rateLimit: {requests: 0}}",
                        24,
                        ".rateLimit.requests",
                        "\"0\"",
                        "a number of requests, 1 to 1000000"),
                unfit(
                        "{rateLimit: {requests: 1, per: 1}}",
                        32,
                        ".rateLimit.per",
                        "\"1\"",
                        "a duration such as 1s, 100 ms to 1 d"),
                unfit(
                        "{rateLimit: {requests: 1, burst: x}}",
                        34,
                        ".rateLimit.burst",
                        "\"x\"",
                        "a number of requests, 1 to 1000000"));
    }

    static Stream<Arguments> responseActions() {
        return Stream.of(
                unfit(
                        "{headers: {set: {Content-Length: 1}}}",
                        18,
                        ".headers.set",
                        "\"Content-Length\"",
                        OWNED + ", vary"),
                unfit("{headers: {set: {'X Y': 1}}}", 18, ".headers.set", "\"X Y\"", OWNED + ", vary"),
                unfit("{headers: {add: {ETag: x}}}", 18, ".headers.add", "\"ETag\"", OWNED),
                unfit("{headers: {remove: [date]}}", 21, ".headers.remove[0]", "\"date\"", OWNED + ", vary"),
                unfit("{headers: {remove: Vary}}", 20, ".headers.remove", "\"Vary\"", OWNED + ", vary"),
                unfit(
                        "{headers: {set: {X: \"a\\r\\nSet-Cookie: b\"}}}",
                        21,
                        ".headers.set.X",
                        "\"a\\u000d\\u000aSet-Cookie: b\"",
                        "a field value: printable ASCII"),
                unfit("{headers: {set: {X: é}}}", 21, ".headers.set.X", "\"é\"", "a field value: printable ASCII"),
                unfit("{headers: 1}", 11, ".headers", "\"1\"", "a mapping"),
                unfit("{cache: forever}", 9, ".cache", "\"forever\"", CACHE),
                unfit("{cache: 500ms}", 9, ".cache", "\"500ms\"", CACHE),
                unfit("{cache: \"max-age=1\\n\"}", 9, ".cache", "\"max-age=1\\u000a\"", CACHE),
                unfit("{download: a/b.txt}", 12, ".download", "\"a/b.txt\"", "a file name such as report.pdf, or true"),
                unfit("{download: false}", 12, ".download", "\"false\"", "a file name such as report.pdf, or true"),
                unfit("{bandwidth: 10B}", 13, ".bandwidth", "\"10B\"", "a size such as 1MiB, 1 KiB to 1024 GiB"),
                unfit("{security: false}", 12, ".security", "\"false\"", "true, or a mapping"),
                unfit("{security: {frame: maybe}}", 20, ".security.frame", "\"maybe\"", "deny, sameorigin or off"),
                unfit(
                        "{security: {referrer: never}}",
                        23,
                        ".security.referrer",
                        "\"never\"",
                        "no-referrer, no-referrer-when-downgrade, origin, origin-when-cross-origin, same-origin,"
                                + " strict-origin, strict-origin-when-cross-origin or unsafe-url"),
                unfit(
                        "{security: {hsts: 1y}}",
                        19,
                        ".security.hsts",
                        "\"1y\"",
                        "a duration such as 365d, 0 s to 3650 d, or off"),
                unfit(
                        "{security: {csp: \"a\\nb\"}}",
                        18,
                        ".security.csp",
                        "\"a\\u000ab\"",
                        "a field value: printable ASCII, or none"),
                unfit("{template: {nonce: __NONCE__}}", 20, ".template.nonce", "\"__NONCE__\"", NONCE),
                unfit("{template: {nonce: <<CSP_NONCE>>}}", 20, ".template.nonce", "\"<<CSP_NONCE>>\"", NONCE),
                unfit(
                        "{template: {env: [API_URL, HOME]}}",
                        28,
                        ".template.env[1]",
                        "\"HOME\"",
                        "the name of an environment variable that is set"),
                other("{template: {}}", 12, ".template: no placeholder (expected: nonce, env or both)"));
    }

    @ParameterizedTest
    @MethodSource({"conditions", "requestActions", "responseActions"})
    void load_faultyRule_tellsPlaceKeyValueAndExpectation(String rule, String problem) throws IOException {
        assertEquals(List.of(problem), problems(rule));
    }

    @Test
    void load_passwordInsteadOfItsHash_isNotRepeated() throws IOException {
        List<String> problems = problems("{auth: {users: {alice: hunter2}}}");

        assertEquals(
                List.of("site.yaml:2:26: sites[0].rules[0].auth.users.alice: a value that is not shown"
                        + " (expected: a bcrypt hash such as sluice hash-password prints)"),
                problems);
        assertFalse(problems.toString().contains("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{auth: {users: {\"alice:HASH\": x}}}",
                "{auth: {users: \"HASH\"}}",
                "{auth: {users: [HASH]}}",
                "{auth: HASH}"
            })
    void load_hashInTheWrongPlace_isNotRepeated(String rule) throws IOException {
        String hash = "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";
        List<String> problems = problems(rule.replace("HASH", hash));

        assertFalse(problems.isEmpty());
        assertFalse(problems.toString().contains(hash.substring(7)), problems.toString());
    }

    private static Arguments unfit(String rule, int column, String key, String given, String expected) {
        return other(rule, column, key + ": " + given + " (expected: " + expected + ")");
    }

    /** Columns count from the rule's brace, which is the third character of its line. */
    private static Arguments other(String rule, int column, String problem) {
        return Arguments.of(rule, "site.yaml:2:" + (column + 2) + ": " + RULE + problem);
    }

    private List<String> problems(String rule) throws IOException {
        Files.writeString(directory.resolve("site.yaml"), "sites: [{rules: [\n  " + rule + "]}]");
        return assertThrows(ConfigurationException.class, () -> loader.load(Path.of("site.yaml"), List.of(), List.of()))
                .problems();
    }
}
