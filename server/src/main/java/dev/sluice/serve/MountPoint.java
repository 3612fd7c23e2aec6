package dev.sluice.serve;

import dev.sluice.http.SitePath;
import io.undertow.server.HttpServerExchange;

/**
 * Where in somebody else's application a site lies, as a request shows it.
 *
 * <p>Undertow's handlers divide the path after it was decoded ({@code PathHandler}), and decoding loses what may matter: whether
 * {@code %252f} or {@code %2f} was sent. So the division is looked up in what was sent, by counting slashes, which decoding leaves
 * alone. What a handler has put in the place of the rest ({@code setRelativePath}) is taken as it is.
 *
 * @param prefix what stands before the site's path, as it was sent: empty, or with a slash in front and none behind
 * @param path the site's path, as it was sent; empty if it is missing from its first slash on
 */
record MountPoint(String prefix, String path) {
    static MountPoint of(HttpServerExchange exchange) {
        String sent = RequestReader.rawPath(exchange);
        String before = exchange.getResolvedPath();
        String rest = exchange.getRelativePath();
        String whole = exchange.getRequestPath();
        boolean divided = whole.length() == before.length() + rest.length()
                && whole.startsWith(before)
                && whole.endsWith(rest)
                && (rest.isEmpty() || rest.startsWith("/"))
                && slashes(whole) == slashes(sent);
        if (!divided) {
            return new MountPoint(SitePath.encode(before), SitePath.encode(rest.startsWith("/") ? rest : '/' + rest));
        }
        int end = after(sent, slashes(before));
        return new MountPoint(sent.substring(0, end), sent.substring(end));
    }

    /** What a path of the site is called in the application. */
    String inside(String sitePath) {
        return prefix + sitePath;
    }

    private static int slashes(String path) {
        int slashes = 0;
        for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
            slashes++;
        }
        return slashes;
    }

    /** Where the slash stands that comes after so many, or the end. */
    private static int after(String path, int slashes) {
        int at = path.indexOf('/');
        for (int i = 0; i < slashes && at >= 0; i++) {
            at = path.indexOf('/', at + 1);
        }
        return at < 0 ? path.length() : at;
    }
}
