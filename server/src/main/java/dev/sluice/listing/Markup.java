package dev.sluice.listing;

/** Collects HTML. What comes from outside goes through {@link #text}, for content and for quoted attributes alike. */
final class Markup {
    private static final char REPLACEMENT = '\ufffd';

    private final StringBuilder out = new StringBuilder(4096);

    /** Appends markup as it is: only what this server wrote itself. */
    Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /**
     * Appends text, escaped. In the place of what HTML has no character for, and of what would turn round the text behind it
     * (Unicode Standard Annex #9, explicit directional formatting), the replacement character shows that something was there.
     */
    Markup text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isDangerous(c) ? REPLACEMENT : c);
            }
        }
        return this;
    }

    /** Appends an attribute with its value escaped. */
    Markup attribute(String name, String value) {
        return raw(" ").raw(name).raw("=\"").text(value).raw("\"");
    }

    private static boolean isDangerous(char c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        boolean direction = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return control || direction;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
