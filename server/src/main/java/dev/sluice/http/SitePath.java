package dev.sluice.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request target, decoded and normalised: what a site is asked for (RFC 3986 §3.3, RFC 9110 §17.3).
 *
 * <ul>
 *   <li>Each segment is decoded exactly once, as strict UTF-8. A decoded {@code /} or {@code \} stays in its segment and
 *       never separates.
 *   <li>Empty segments are dropped, {@code .} and {@code ..} are removed after decoding, and {@code ..} stops at the
 *       root. So no path leads out of the site.
 *   <li>{@code ;} is an ordinary character: this server knows no path parameters.
 * </ul>
 *
 * <p>Two paths are equal if they name the same thing, however they were written.
 */
public final class SitePath {
    private final List<String> segments;
    private final boolean directory;
    private final boolean servable;
    private final String encoded;

    SitePath(List<String> segments, boolean directory, boolean servable, String encoded) {
        this.segments = segments;
        this.directory = directory;
        this.servable = servable;
        this.encoded = encoded;
    }

    /**
     * Parses the path of a request target.
     *
     * @param rawPath the path as received, without query, with a leading {@code /}; bytes of 0x80 and above, which an
     *     HTTP/1 parser hands on as ISO-8859-1 characters, are malformed because a URI is ASCII
     * @return the path
     * @throws MalformedPathException if it does not start with {@code /}, holds a control byte (raw or escaped), a
     *     character outside ASCII, a query or a fragment, an escape without two hexadecimal digits, or escapes that are
     *     not UTF-8
     */
    public static SitePath parse(String rawPath) throws MalformedPathException {
        return new SitePathParser(rawPath).parse();
    }

    /** Returns the decoded segments; none is empty, {@code .} or {@code ..}. The root has none. */
    public List<String> segments() {
        return segments;
    }

    /** Says whether the path ended in {@code /}, {@code /.} or {@code /..}: it asks for a directory. The root does. */
    public boolean directory() {
        return directory;
    }

    /**
     * Says whether a file can have this path at all. One with a {@code /} inside a segment (from {@code %2F}) can't, and
     * must never reach a file system, which would take the segment for several: answer it as missing. A {@code \} is
     * left to whoever knows whether it separates on this platform.
     */
    public boolean servable() {
        return servable;
    }

    /**
     * Returns the canonical percent-encoded form: {@code pchar} as itself, all else {@code %XX} in upper case, a
     * trailing {@code /} exactly if this is a {@link #directory}. Parsing it gives an equal path.
     */
    public String encoded() {
        return encoded;
    }

    /**
     * Returns the decoded form, to be matched by globs: segments joined by {@code /}, a trailing {@code /} exactly if this
     * is a {@link #directory}. Not for showing: see {@link #text()}.
     */
    public String decoded() {
        String joined = '/' + String.join("/", segments);
        return directory && !segments.isEmpty() ? joined + '/' : joined;
    }

    /**
     * Percent-encodes decoded text, its slashes aside: the inverse of {@link #decoded()} for paths that are
     * {@link #servable()}.
     */
    public static String encode(String decoded) {
        StringBuilder out = new StringBuilder(decoded.length() + 16);
        int from = 0;
        for (int i = 0; i <= decoded.length(); i++) {
            if (i == decoded.length() || decoded.charAt(i) == '/') {
                PercentEncoding.encode(decoded.substring(from, i), out);
                if (i < decoded.length()) {
                    out.append('/');
                }
                from = i + 1;
            }
        }
        return out.toString();
    }

    /**
     * Returns the same path as that of a file or of a directory.
     *
     * @param slash whether it ends in a slash; the root always does
     */
    public SitePath withSlash(boolean slash) {
        if (slash == directory || segments.isEmpty()) {
            return this;
        }
        String other = slash ? encoded + '/' : encoded.substring(0, encoded.length() - 1);
        return new SitePath(segments, slash, servable, other);
    }

    /**
     * Returns the path of a file beside this one, which must not be a directory.
     *
     * @param suffix what is added to the last segment
     */
    public SitePath withSuffix(String suffix) {
        List<String> longer = new ArrayList<>(segments);
        longer.set(longer.size() - 1, longer.get(longer.size() - 1) + suffix);
        return new SitePath(List.copyOf(longer), false, servable, encoded + encode(suffix));
    }

    /**
     * Returns the path of a member of this one, which is that of a directory.
     *
     * @param name one segment, decoded
     */
    public SitePath child(String name) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(name);
        String slash = encoded.endsWith("/") ? "" : "/";
        return new SitePath(
                List.copyOf(longer), false, servable && name.indexOf('/') < 0, encoded + slash + encode(name));
    }

    /** Returns the last segment; empty for the root. */
    public String name() {
        return segments.isEmpty() ? "" : segments.get(segments.size() - 1);
    }

    /**
     * Returns the decoded form for people. Whatever could confuse a reader or a terminal stays escaped: a {@code /}
     * inside a segment, control and format characters, line separators.
     */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (String segment : segments) {
            out.append('/');
            segment.codePoints().forEach(c -> show(c, out));
        }
        return directory ? out.append('/').toString() : out.toString();
    }

    /** Returns one segment, decoded, as {@link #text()} shows it. */
    public static String text(String segment) {
        StringBuilder out = new StringBuilder(segment.length());
        segment.codePoints().forEach(c -> show(c, out));
        return out.toString();
    }

    private static void show(int codePoint, StringBuilder out) {
        if (codePoint != '/' && isShowable(codePoint)) {
            out.appendCodePoint(codePoint);
            return;
        }
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            PercentEncoding.escape(b, out);
        }
    }

    private static boolean isShowable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SitePath path && encoded.equals(path.encoded);
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    /** Returns {@link #encoded()}. */
    @Override
    public String toString() {
        return encoded;
    }
}
