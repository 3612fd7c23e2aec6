package dev.sluice.admin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboard: a page that shows what the API tells, and its files. They hold nothing secret, so they may be had without a
 * token; what they show is read by the browser from the API, which asks for it.
 *
 * <p>The list is fixed: what is not on it is not looked for. A file is read from the class path when it is first asked for, and
 * kept; altogether they come to less than 128 KiB.
 */
final class Dashboard {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String IMAGE = "image/svg+xml; charset=utf-8";

    /** The page may load what is its own and nothing else; no script and no style stands in the page itself. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String MODULES =
            "actions announce api breakdowns chart config detail dom explain feed figures format header "
                    + "hotfiles latency legend main names poll rates reasons regions requests rows sse table token words";

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /**
     * Tells whether the page or one of its files has this path.
     *
     * @param path the decoded path
     */
    static boolean holds(String path) {
        return path.equals("/") || Listed.FILES.containsKey(path);
    }

    /**
     * Answers a GET or HEAD.
     *
     * @param path one that it {@linkplain #holds holds}
     */
    Answer answer(String path) {
        return answers.computeIfAbsent(path, Dashboard::load);
    }

    private static Answer load(String path) {
        String mediaType = Listed.FILES.getOrDefault(path, HTML);
        String name = path.equals("/") ? "dashboard/index.html" : path.substring(1);
        return Answer.ok(mediaType, ClassPathFile.octets(name))
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer");
    }

    /** A class of its own, so that a start need not make the list. */
    private static final class Listed {
        /** Media types by path, the page's own apart. */
        static final Map<String, String> FILES = Stream.concat(
                        Stream.of("style.css", "icon.svg"),
                        Stream.of(MODULES.split(" ")).map(name -> name + ".js"))
                .collect(Collectors.toUnmodifiableMap(name -> "/dashboard/" + name, Listed::mediaType));

        private static String mediaType(String name) {
            return name.endsWith(".css") ? STYLE : name.endsWith(".svg") ? IMAGE : SCRIPT;
        }
    }
}
