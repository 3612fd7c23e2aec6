package dev.sluice.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The mime-db data set (WebJar {@code org.webjars.npm:mime-db}), read in one streaming pass. */
final class MimeDatabase {
    private static final List<String> GROUPS =
            List.of("video", "image", "audio", "font", "model", "application", "text");

    /**
     * Which of several types that claim one extension wins: one registered with IANA, in the standards tree before the
     * vendors' and the rest (RFC 6838 §3); what names a medium before {@code application}, and that before
     * {@code text}, because {@code text/xml;charset=utf-8} would overrule what an XML document says of itself
     * (RFC 7303 §3). The rest only makes the choice the same each time.
     */
    private static final Comparator<Claim> BEST_FIRST = Comparator.comparing(Claim::unregistered)
            .thenComparing(claim -> tree(claim.essence()))
            .thenComparing(claim -> group(claim.essence()))
            .thenComparing(claim -> claim.essence().length())
            .thenComparing(Claim::essence);

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
        try (InputStream in = open(path);
                JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            json.nextToken();
            for (String essence = json.nextName(); essence != null; essence = json.nextName()) {
                database.entry(essence, json);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        Map<String, MediaType> types = new HashMap<>(2048);
        database.best.forEach((extension, claim) -> types.put(extension, claim.mediaType()));
        return types;
    }

    private void entry(String essence, JsonParser json) {
        boolean unregistered = true;
        boolean utf8 = false;
        boolean compressible = false;
        List<String> extensions = new ArrayList<>();
        json.nextToken();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "source" -> unregistered = !json.getString().equals("iana");
                case "charset" -> utf8 = json.getString().equals("UTF-8");
                case "compressible" -> compressible = json.getBooleanValue();
                case "extensions" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        extensions.add(json.getString());
                    }
                }
                default -> json.skipChildren();
            }
        }
        Claim claim = new Claim(essence, unregistered, utf8, compressible);
        extensions.forEach(extension -> best.merge(extension, claim, MimeDatabase::better));
    }

    private static Claim better(Claim a, Claim b) {
        return BEST_FIRST.compare(a, b) <= 0 ? a : b;
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
