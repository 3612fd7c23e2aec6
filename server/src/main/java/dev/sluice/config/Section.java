package dev.sluice.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that is being read key by key. A key that is absent, or whose value does not fit, gives its default, so that
 * one reading finds all problems. Whoever reads ends with {@link #finish}, which tells of keys that nobody asked for.
 */
final class Section {
    private final String path;
    private final Node.Mapping mapping;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, Node.Mapping mapping, Problems problems) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** A node that should be a mapping. Nothing at all is an empty one: all of its keys may be commented out. */
    static Section of(Node node, String path, Problems problems) {
        if (node instanceof Node.Mapping mapping) {
            return new Section(path, mapping, problems);
        }
        if (!(node instanceof Node.Empty)) {
            problems.unfit(node, path, "a mapping");
        }
        return new Section(path, new Node.Mapping(Map.of(), node.place()), problems);
    }

    /** Whether the user gave this key anything. */
    boolean has(String key) {
        @Nullable Node node = find(key);
        return node != null && !(node instanceof Node.Empty);
    }

    /** The value under a key. */
    <T> T value(String key, ValueType<T> type, T fallback) {
        @Nullable Node node = find(key);
        return node == null ? fallback : scalar(node, pathOf(key), type).orElse(fallback);
    }

    /** The list of values under a key. An item that does not fit is left out. */
    <T> List<T> values(String key, ValueType<T> type, List<T> fallback) {
        if (!(find(key) instanceof Node.Sequence sequence)) {
            reject(key, "a list, each item " + type.expected());
            return fallback;
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            scalar(sequence.items().get(i), pathOf(key) + "[" + i + "]", type).ifPresent(values::add);
        }
        return values;
    }

    /** The mapping under a key; empty if absent. */
    Section section(String key) {
        @Nullable Node node = find(key);
        return of(node == null ? new Node.Empty(mapping.place()) : node, pathOf(key), problems);
    }

    /** The list of mappings under a key; one empty mapping, all defaults, if there is no list. */
    List<Section> sections(String key) {
        if (!(find(key) instanceof Node.Sequence sequence)) {
            if (has(key)) {
                reject(key, "a list of mappings");
            }
            return List.of(of(new Node.Empty(mapping.place()), pathOf(key) + "[0]", problems));
        }
        List<Section> sections = new ArrayList<>();
        for (Node item : sequence.items()) {
            sections.add(of(item, pathOf(key) + "[" + sections.size() + "]", problems));
        }
        return sections;
    }

    /** Refuses the value of a key, for a reason that its type does not know. A key that is absent was not the user's. */
    void reject(String key, String expected) {
        @Nullable Node node = find(key);
        if (node != null) {
            problems.unfit(node, pathOf(key), expected);
        }
    }

    /** Tells of every key that was written but never asked for. */
    void finish() {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                String hint = NearestKey.to(key, known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElseGet(() -> "expected: " + String.join(", ", known));
                problems.add(entry.keyPlace(), pathOf(key), "unknown key (" + hint + ")");
            }
        });
    }

    private @Nullable Node find(String key) {
        known.add(key);
        Node.@Nullable Entry entry = mapping.entries().get(key);
        return entry == null ? null : entry.value();
    }

    private <T> Optional<T> scalar(Node node, String key, ValueType<T> type) {
        Optional<T> value = node instanceof Node.Scalar scalar ? type.parse(scalar) : Optional.empty();
        if (value.isEmpty()) {
            problems.unfit(node, key, type.expected());
        }
        return value;
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
