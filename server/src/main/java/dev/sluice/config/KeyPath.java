package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a key from the root: {@code cache.memory}, {@code sites[0].root}. A plus sign makes room for a new item of
 * a list: {@code rules[+0]} stands before the first.
 *
 * @param steps at least one; the first is a name
 */
record KeyPath(List<Step> steps) {
    private static final String NAME = "[A-Za-z0-9_-]+";
    private static final String SEGMENT = NAME + "(?:\\[\\+?[0-9]{1,4}])*";
    private static final Pattern SYNTAX = Pattern.compile(SEGMENT + "(?:\\." + SEGMENT + ")*");
    private static final Pattern STEP = Pattern.compile("\\[(\\+?)([0-9]+)]|(" + NAME + ")");

    KeyPath {
        steps = List.copyOf(steps);
    }

    /** Reads a path; empty if it is not of the form shown above. */
    static Optional<KeyPath> parse(String text) {
        if (!SYNTAX.matcher(text).matches()) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        while (matcher.find()) {
            steps.add(
                    matcher.group(3) == null
                            ? new Index(
                                    Integer.parseInt(matcher.group(2)),
                                    !matcher.group(1).isEmpty())
                            : new Name(matcher.group(3)));
        }
        return Optional.of(new KeyPath(steps));
    }

    /** One step down the tree. */
    sealed interface Step {}

    /** To a key of a mapping. */
    record Name(String name) implements Step {}

    /** To an item of a list, from 0, or to a new one that is inserted there. */
    record Index(int index, boolean insert) implements Step {}
}
