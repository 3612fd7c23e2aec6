package dev.sluice.config;

/**
 * The form of a path glob, and how much of a path it can capture. What it matches is not decided here.
 *
 * @param wildcards how many {@code ?}, {@code *} and {@code **} it has; each captures
 * @param wellFormed whether it begins where a path does, and has neither a longer row of stars, a control character nor
 *     a backslash with nothing behind it
 */
record PathGlob(int wildcards, boolean wellFormed) {
    private static final int LONGEST_ROW_OF_STARS = 2;

    /** Reads a glob. One that begins with a single star could never match, since every path begins with a slash. */
    static PathGlob of(String text) {
        int wildcards = 0;
        boolean wellFormed = text.startsWith("/") || text.startsWith("**");
        int i = 0;
        while (i < text.length()) {
            int end = endOfStep(text, i);
            char c = text.charAt(i);
            wildcards += c == '*' || c == '?' ? 1 : 0;
            wellFormed &=
                    end <= text.length() && !Character.isISOControl(c) && !(c == '*' && end - i > LONGEST_ROW_OF_STARS);
            i = end;
        }
        return new PathGlob(wildcards, wellFormed);
    }

    private static int endOfStep(String text, int start) {
        if (text.charAt(start) == '\\') {
            return start + 2;
        }
        int end = start + 1;
        while (text.charAt(start) == '*' && end < text.length() && text.charAt(end) == '*') {
            end++;
        }
        return end;
    }
}
