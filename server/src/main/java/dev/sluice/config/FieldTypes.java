package dev.sluice.config;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads the names and values of header fields, and words that stand in them. */
final class FieldTypes {
    /**
     * The fields that tell how a response is framed, which bytes it holds and when it was made. A value that the user
     * chose would be a lie about those bytes, or leave in doubt where they end.
     */
    private static final Set<String> OWNED = Set.of(
            "accept-ranges",
            "allow",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "date",
            "etag",
            "keep-alive",
            "last-modified",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private FieldTypes() {}

    /** The name of any field. */
    static ValueType<String> name() {
        return ValueType.matching("a field name such as X-Frame-Options", FieldSyntax::isToken);
    }

    /** The name of a field that a rule may add to a response. */
    static ValueType<String> addableName() {
        return nameOutside(OWNED);
    }

    /** The name of a field that a rule may replace or remove: not {@code Vary}, without which caches mix up codings. */
    static ValueType<String> replaceableName() {
        Set<String> kept = new TreeSet<>(OWNED);
        kept.add("vary");
        return nameOutside(kept);
    }

    private static ValueType<String> nameOutside(Set<String> kept) {
        return ValueType.matching(
                "a field name such as X-Frame-Options, but none that tells of the body and its framing, which are the"
                        + " server's: " + String.join(", ", new TreeSet<>(kept)),
                text -> FieldSyntax.isToken(text) && !kept.contains(text.toLowerCase(Locale.ROOT)));
    }

    /** The value of a field. */
    static ValueType<String> value() {
        return ValueType.matching("a field value: printable ASCII", FieldSyntax::isValue);
    }

    /** A request method. Methods are case-sensitive (RFC 9110 §9.1), and all registered ones stand in capitals. */
    static ValueType<String> method() {
        return ValueType.matching("a method in capitals such as GET", text -> text.matches("[A-Z]+(?:-[A-Z]+)*"));
    }

    /** A media type without parameters, or a wildcard over its subtypes or over all types. */
    static ValueType<String> mediaTypePattern() {
        return ValueType.matching("a media type such as text/html, or text/*", text -> {
                    int slash = text.indexOf('/');
                    return slash > 0
                            && FieldSyntax.isToken(text.substring(0, slash))
                            && FieldSyntax.isToken(text.substring(slash + 1))
                            && (!text.startsWith("*") || text.equals("*/*"));
                })
                .map(text -> text.toLowerCase(Locale.ROOT));
    }
}
