package dev.sluice.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** What was found wrong so far. All of it is told at once, so that a user need not mend and retry line by line. */
final class Problems {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private final List<Problem> found = new ArrayList<>();

    /** Adds a problem in words. */
    void add(Place place, String key, String fault) {
        found.add(new Problem(place, legible(place.at(key) + ": " + fault)));
    }

    /** A line that repeats what was given must not move a terminal's cursor, nor end early. */
    private static String legible(String line) {
        return CONTROL.matcher(line)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    /** Adds a value that is not what its key expects. */
    void unfit(Node given, String key, String expected) {
        add(given.place(), key, given.describe() + " (expected: " + expected + ")");
    }

    /**
     * Ends the reading if anything was wrong.
     *
     * @throws ConfigurationException with all problems, in the order of the file
     */
    void throwIfAny() throws ConfigurationException {
        if (!found.isEmpty()) {
            throw new ConfigurationException(found.stream()
                    .sorted(Comparator.comparingInt(problem -> problem.place().line()))
                    .map(Problem::text)
                    .toList());
        }
    }

    private record Problem(Place place, String text) {}
}
