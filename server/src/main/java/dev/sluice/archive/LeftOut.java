package dev.sluice.archive;

import org.jspecify.annotations.Nullable;

/** Which entries of an archive are left out, and why: the first by name, the others by number. */
final class LeftOut {
    /** Names may be very long. */
    private static final int MOST_SHOWN = 80;

    private int count;
    private @Nullable String first;

    /** Notes an entry. */
    void note(String name, String why) {
        count++;
        if (first == null) {
            first = '"' + shown(name) + "\" (" + why + ')';
        }
    }

    /** In one line, or null if nothing is left out. */
    @Nullable
    String text() {
        if (first == null) {
            return null;
        }
        return count == 1 ? first : first + " and " + (count - 1) + " more";
    }

    private static String shown(String name) {
        String start = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "\u2026" : name;
        StringBuilder text = new StringBuilder();
        start.chars().forEach(c -> text.append(Character.isISOControl(c) ? '?' : (char) c));
        return text.toString();
    }
}
