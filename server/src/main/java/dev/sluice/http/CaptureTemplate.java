package dev.sluice.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with places for what a {@link Glob} captured: {@code $1} to {@code $9}, and {@code $$} for a {@code $}. A digit
 * behind {@code $1} is text. Immutable.
 */
public final class CaptureTemplate {
    private final String template;
    private final int captureCount;
    /** One more than the captures: they go between. */
    private final List<String> literals = new ArrayList<>();

    private final List<Integer> indexes = new ArrayList<>();

    private CaptureTemplate(String template, int captureCount) {
        this.template = template;
        this.captureCount = captureCount;
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c != '$') {
                literal.append(c);
            } else if (template.startsWith("$", ++i)) {
                literal.append('$');
            } else {
                indexes.add(index(i));
                literals.add(literal.toString());
                literal.setLength(0);
            }
        }
        literals.add(literal.toString());
    }

    /**
     * Parses a template.
     *
     * @param template the text
     * @param captureCount how many captures there will be: {@link Glob#captureCount}
     * @throws IllegalArgumentException if it names a capture that there won't be, or a {@code $} stands before anything
     *     but a digit from 1 or another {@code $}
     */
    public static CaptureTemplate parse(String template, int captureCount) {
        return new CaptureTemplate(template, captureCount);
    }

    /**
     * Returns the text with the captures in their places, as they are: whoever makes a path or a field value of it has to
     * encode them first.
     *
     * @param captures what a match gave, as many as the template was parsed for
     * @throws IllegalArgumentException if there are more or fewer
     */
    public String expand(List<String> captures) {
        if (captures.size() != captureCount) {
            throw new IllegalArgumentException("captures: " + captures.size() + " (expected: " + captureCount + ")");
        }
        StringBuilder out = new StringBuilder(literals.get(0));
        for (int i = 0; i < indexes.size(); i++) {
            out.append(captures.get(indexes.get(i))).append(literals.get(i + 1));
        }
        return out.toString();
    }

    private int index(int at) {
        int index = at < template.length() ? template.charAt(at) - '1' : -1;
        if (index < 0 || index >= Math.min(captureCount, 9)) {
            String captures = captureCount == 0 ? "no captures" : "$1 to $" + Math.min(captureCount, 9);
            throw new IllegalArgumentException("template: " + template + " (expected: " + captures + ", or $$)");
        }
        return index;
    }

    /** Returns the template as it was given. */
    @Override
    public String toString() {
        return template;
    }
}
