package dev.sluice.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} says, in either of its text formats. */
public final class Scrape {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)", Pattern.DOTALL);
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"(,|$)", Pattern.DOTALL);

    private final Map<String, Map<Map<String, String>, Double>> samples = new TreeMap<>();

    private Scrape() {}

    /**
     * Reads it.
     *
     * @throws AssertionError if a line is no sample and no comment, or if one is there twice
     */
    public static Scrape parse(String text) {
        Scrape scrape = new Scrape();
        for (String line : text.stripTrailing().split("\n", -1)) {
            if (!line.startsWith("#")) {
                scrape.add(line);
            }
        }
        return scrape;
    }

    private void add(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        Map<Map<String, String>, Double> family =
                samples.computeIfAbsent(sample.group(1), name -> new LinkedHashMap<>());
        Map<String, String> labels = labels(sample.group(2) == null ? "" : sample.group(2), line);
        if (family.put(labels, Double.valueOf(sample.group(3).replace("Inf", "Infinity"))) != null) {
            throw new AssertionError("there twice: " + line);
        }
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        int end = 0;
        Matcher label = LABEL.matcher(text);
        while (label.find() && label.start() == end) {
            labels.put(label.group(1), unescaped(label.group(2)));
            end = label.end();
        }
        if (end != text.length()) {
            throw new AssertionError("labels: " + line);
        }
        return labels;
    }

    private static String unescaped(String value) {
        return value.replace("\\\\", "\0")
                .replace("\\\"", "\"")
                .replace("\\n", "\n")
                .replace('\0', '\\');
    }

    /** The names of all samples. */
    public Set<String> names() {
        return new TreeSet<>(samples.keySet());
    }

    /** The only sample with these labels and no others, given as names and values in turn. */
    public double fraction(String name, String... labels) {
        Map<String, String> wanted = pairs(labels);
        Double value = family(name).get(wanted);
        if (value == null) {
            throw new AssertionError(name + wanted + ": not there, but " + family(name));
        }
        return value;
    }

    /** The same of what is counted. */
    public long value(String name, String... labels) {
        return whole(fraction(name, labels));
    }

    /** All samples with these labels, among others, added up; 0 without one. */
    public long sum(String name, String... labels) {
        Map<String, String> wanted = pairs(labels);
        return family(name).entrySet().stream()
                .filter(sample -> sample.getKey().entrySet().containsAll(wanted.entrySet()))
                .mapToLong(sample -> whole(sample.getValue()))
                .sum();
    }

    private static long whole(double value) {
        if (value != Math.rint(value)) {
            throw new AssertionError(value + " (expected: a whole number)");
        }
        return (long) value;
    }

    /** All samples of a name, by their labels. */
    public Map<Map<String, String>, Double> family(String name) {
        return samples.getOrDefault(name, Map.of());
    }

    private static Map<String, String> pairs(String... labels) {
        Map<String, String> pairs = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            pairs.put(labels[i], labels[i + 1]);
        }
        return pairs;
    }
}
