package dev.sluice.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of the environment, written into a file when it is loaded. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private Placeholders() {}

    /**
     * Fills in what is known; what is not, stays.
     *
     * @param content a file's bytes, which need not be UTF-8
     * @param values by name: {@code ${NAME}} stands for the value of NAME
     */
    static ByteBuffer fill(ByteBuffer content, Map<String, String> values) {
        if (values.isEmpty()) {
            return content;
        }
        // Octets as characters one by one, so that whatever is not a placeholder stays as it is.
        String text = StandardCharsets.ISO_8859_1.decode(content).toString();
        String filled = PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(octets(values.getOrDefault(found.group(1), found.group()))));
        return ByteBuffer.wrap(filled.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The UTF-8 of a value, a character for each octet. */
    private static String octets(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
