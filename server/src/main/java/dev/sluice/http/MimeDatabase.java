package dev.sluice.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The mime-db data set (WebJar {@code org.webjars.npm:mime-db}), read in one pass.
 *
 * <p>Not by a parser of JSON: to load one for this file alone takes a start a tenth of its time. Of JSON the data set uses
 * little, and a test compares what is read here with what a parser reads.
 */
final class MimeDatabase {
    private static final List<String> GROUPS =
            List.of("video", "image", "audio", "font", "model", "application", "text");

    private record Claim(String essence, boolean unregistered, boolean utf8, boolean compressible) {
        /**
         * Returns the type with the charset it is sent with: UTF-8 for all text, and for what the data set says is UTF-8
         * except JSON, which has no such parameter (RFC 8259 §11).
         */
        MediaType mediaType() {
            boolean json = essence.endsWith("/json") || essence.endsWith("+json");
            boolean charset = essence.startsWith("text/") || (utf8 && !json);
            return new MediaType(essence, charset, Compressibility.of(essence, compressible));
        }
    }

    private final Map<String, Claim> best = new HashMap<>(2048);

    private MimeDatabase() {}

    /** Returns the types by extension. */
    static Map<String, MediaType> read() {
        MimeDatabase database = new MimeDatabase();
        String path = "/META-INF/resources/webjars/mime-db/" + version() + "/db.json";
        try (InputStream in = open(path)) {
            database.entries(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        Map<String, MediaType> types = new HashMap<>(2048);
        database.best.forEach((extension, claim) -> types.put(extension, claim.mediaType()));
        return types;
    }

    /**
     * All that is found in one object of objects. Only extensions are in brackets, and two types in three have none: so from
     * bracket to bracket, and back to what each is in.
     */
    private void entries(String json) {
        int bracket = json.indexOf('[');
        while (bracket >= 0) {
            int open = json.lastIndexOf('{', bracket);
            int close = json.indexOf('}', bracket);
            int end = json.lastIndexOf('"', open);
            String essence = json.substring(json.lastIndexOf('"', end - 1) + 1, end);
            entry(essence, json.substring(open, close), bracket - open);
            bracket = json.indexOf('[', close);
        }
    }

    private void entry(String essence, String entry, int bracket) {
        Claim claim = new Claim(
                essence,
                !has(entry, "\"source\"", "\"iana\""),
                has(entry, "\"charset\"", "\"UTF-8\""),
                has(entry, "\"compressible\"", "true"));
        int end = entry.indexOf(']', bracket);
        int open = entry.indexOf('"', bracket);
        while (open >= 0 && open < end) {
            int close = entry.indexOf('"', open + 1);
            claim(entry.substring(open + 1, close), claim);
            open = entry.indexOf('"', close + 1);
        }
    }

    private void claim(String extension, Claim claim) {
        Claim earlier = best.put(extension, claim);
        if (earlier != null) {
            best.put(extension, better(earlier, claim));
        }
    }

    /** Whether an entry has this value under this key, both as they are written. */
    private static boolean has(String entry, String key, String value) {
        int at = entry.indexOf(key);
        if (at < 0) {
            return false;
        }
        at = entry.indexOf(':', at + key.length()) + 1;
        while (entry.charAt(at) <= ' ') {
            at++;
        }
        return entry.startsWith(value, at);
    }

    /**
     * Which of two types that claim one extension wins: one registered with IANA, in the standards tree before the
     * vendors' and the rest (RFC 6838 §3); what names a medium before {@code application}, and that before
     * {@code text}, because {@code text/xml;charset=utf-8} would overrule what an XML document says of itself
     * (RFC 7303 §3). The rest only makes the choice the same each time.
     */
    private static Claim better(Claim a, Claim b) {
        // Not a chain of comparators: each of its ten lambdas would cost a start half a millisecond.
        int order = Boolean.compare(a.unregistered(), b.unregistered());
        if (order == 0) {
            order = Integer.compare(tree(a.essence()), tree(b.essence()));
        }
        if (order == 0) {
            order = Integer.compare(group(a.essence()), group(b.essence()));
        }
        if (order == 0) {
            order = Integer.compare(a.essence().length(), b.essence().length());
        }
        return (order == 0 ? a.essence().compareTo(b.essence()) : order) <= 0 ? a : b;
    }

    private static int tree(String essence) {
        String subtype = essence.substring(essence.indexOf('/') + 1);
        if (subtype.startsWith("x-") || subtype.startsWith("x.") || subtype.startsWith("prs.")) {
            return 2;
        }
        return subtype.startsWith("vnd.") ? 1 : 0;
    }

    private static int group(String essence) {
        int index = GROUPS.indexOf(essence.substring(0, essence.indexOf('/')));
        return index < 0 ? GROUPS.size() : index;
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = open("mime-db.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read mime-db.properties", e);
        }
        return properties.getProperty("version", "(no version)");
    }

    private static InputStream open(String path) {
        InputStream in = MimeDatabase.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException("class path: no " + path + " (expected: the mime-db WebJar)");
        }
        return in;
    }
}
