package dev.sluice.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
    private final Set<String> concealed = new HashSet<>();

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

    /** Whether a list is written under this key. */
    boolean holdsList(String key) {
        return find(key) instanceof Node.Sequence;
    }

    /** The value under a key. */
    <T> T value(String key, ValueType<T> type, T fallback) {
        @Nullable Node node = find(key);
        return node == null ? fallback : scalar(node, pathOf(key), type).orElse(fallback);
    }

    /** The value under a key that has no default. */
    <T> Optional<T> optional(String key, ValueType<T> type) {
        return value(key, type.<Optional<T>>map(Optional::of), Optional.empty());
    }

    /** What is under a key that takes a mapping, or one value as a short form of it. */
    <T> T value(String key, ValueType<T> type, T fallback, Function<Section, T> mapping) {
        return find(key) instanceof Node.Mapping ? mapping.apply(section(key)) : value(key, type.orMapping(), fallback);
    }

    /** The list of values under a key, of which a single one may stand without its list. */
    <T> List<T> oneOrMore(String key, ValueType<T> type) {
        if (find(key) instanceof Node.Scalar) {
            return optional(key, type).stream().toList();
        }
        return values(key, type, List.of());
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

    /** The mapping under a key whose own keys are the user's. An entry that does not fit is left out. */
    <T> Map<String, T> entries(String key, ValueType<String> nameType, ValueType<T> type) {
        Map<String, T> values = new LinkedHashMap<>();
        section(key).mapping.entries().forEach((name, entry) -> {
            Node.Scalar given = new Node.Scalar(name, entry.keyPlace());
            scalar(given, pathOf(key), nameType)
                    .flatMap(fitting -> scalar(entry.value(), pathOf(key) + "." + name, type))
                    .ifPresent(value -> values.put(name, value));
        });
        return values;
    }

    /** The mapping under a key; empty if absent. */
    Section section(String key) {
        @Nullable Node node = find(key);
        return of(node == null ? new Node.Empty(mapping.place()) : shown(key, node), pathOf(key), problems);
    }

    /** What is made of the mapping under a key; empty if that is absent or no mapping. */
    <T> Optional<T> mapping(String key, Function<Section, T> read) {
        @Nullable Node node = find(key);
        if (node instanceof Node.Mapping || node instanceof Node.Empty) {
            return Optional.of(read.apply(section(key)));
        }
        reject(key, "a mapping");
        return Optional.empty();
    }

    /** The list of mappings under a key; empty if there is no list. An item that is no mapping is left out. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        if (find(key) instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                Node item = sequence.items().get(i);
                Section section = of(item, pathOf(key) + "[" + i + "]", problems);
                if (item instanceof Node.Mapping || item instanceof Node.Empty) {
                    sections.add(section);
                }
            }
        } else if (has(key)) {
            reject(key, "a list of mappings");
        }
        return sections;
    }

    /** The same; one empty mapping, all defaults, if there is no list. */
    List<Section> sectionsOrDefault(String key) {
        List<Section> sections = sections(key);
        return find(key) instanceof Node.Sequence
                ? sections
                : List.of(of(new Node.Empty(mapping.place()), pathOf(key) + "[0]", problems));
    }

    /** Refuses the value of a key, for a reason that its type does not know. A key that is absent was not the user's. */
    void reject(String key, String expected) {
        @Nullable Node node = find(key);
        if (node != null) {
            problems.unfit(shown(key, node), pathOf(key), expected);
        }
    }

    /** Keeps out of problems what is written under a key in place of a mapping: it may be a password. */
    Section conceal(String key) {
        concealed.add(key);
        return this;
    }

    private Node shown(String key, Node node) {
        return concealed.contains(key) && node instanceof Node.Scalar ? new Node.Hidden(node.place()) : node;
    }

    /** Refuses an item of a list, for a reason that its type does not know. */
    void rejectItem(String key, int index, String expected) {
        if (find(key) instanceof Node.Sequence sequence) {
            problems.unfit(sequence.items().get(index), pathOf(key) + "[" + index + "]", expected);
        }
    }

    /** Refuses a key that is absent, or whose list or mapping is empty. */
    void require(String key, String expected) {
        if (find(key) == null) {
            lacks(key, expected);
        }
        rejectEmpty(key, expected);
    }

    /** Refuses a list or mapping that is written and empty. */
    void rejectEmpty(String key, String expected) {
        @Nullable Node node = find(key);
        boolean empty = node instanceof Node.Mapping written
                ? written.entries().isEmpty()
                : node instanceof Node.Sequence list && list.items().isEmpty();
        if (empty) {
            reject(key, expected);
        }
    }

    /** Tells of something that must be there and is not. */
    void lacks(String what, String expected) {
        problems.add(place(), path, "no " + what + " (expected: " + expected + ")");
    }

    /** Whether nothing is written here: then everything is as it is by default, and need not be read. */
    boolean isEmpty() {
        return mapping.entries().isEmpty();
    }

    /** Whether nothing is written here but perhaps these keys. */
    boolean isEmptyBut(String... keys) {
        return List.of(keys).containsAll(mapping.entries().keySet());
    }

    /** Where this mapping was written. */
    Place place() {
        return mapping.place();
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
            problems.unfit(type.hidden() ? new Node.Hidden(node.place()) : node, key, type.expected());
        }
        return value;
    }

    /** The path of a key from the root. */
    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
