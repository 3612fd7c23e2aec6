package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays the settings of the command line over the tree of the file. */
final class Overlay {
    private static final String SET_SYNTAX = "key=value, such as cache.memory=64MiB";

    /** The words by which keys that take a mapping say that there is none. */
    private static final Set<String> NOTHING = Set.of("none", "off");

    private final Problems problems;

    Overlay(Problems problems) {
        this.problems = problems;
    }

    /** The tree with one option's value in place. */
    Node apply(Node root, KeyOverride override) {
        Place place = new Place.Option(override.option());
        KeyPath path =
                KeyPath.parse(override.key()).orElseThrow(() -> new IllegalArgumentException("key: " + override.key()));
        return put(root, path, override.key(), new Node.Scalar(override.value(), place));
    }

    /** The tree with the argument of one {@code --set} in place. */
    Node apply(Node root, String assignment) {
        Place place = new Place.Assignment();
        int equals = assignment.indexOf('=');
        String key = assignment.substring(0, Math.max(0, equals)).strip();
        Optional<KeyPath> path = KeyPath.parse(key);
        if (path.isEmpty()) {
            problems.unfit(new Node.Scalar(assignment, place), "", SET_SYNTAX);
            return root;
        }
        try {
            return put(
                    root,
                    path.get(),
                    key,
                    value(assignment.substring(equals + 1).strip(), key, place));
        } catch (SyntaxException e) {
            return root;
        }
    }

    /**
     * What is not a flow collection or a quoted scalar is taken as it stands: {@code -} and {@code #} mean something
     * else in YAML, and nobody expects that on a command line.
     */
    private Node value(String text, String key, Place place) throws SyntaxException {
        if (text.isEmpty()) {
            return new Node.Empty(place);
        }
        return "[{\"'".indexOf(text.charAt(0)) >= 0
                ? YamlReader.read(text, key, (line, column) -> place, problems)
                : new Node.Scalar(text, place);
    }

    private Node put(Node root, KeyPath path, String key, Node value) {
        @Nullable Node changed = put(root, path.steps(), value);
        if (changed == null) {
            problems.unfit(value, key, "a key that fits the configuration file: lists have [0], mappings have .name");
            return root;
        }
        return changed;
    }

    /** The node with the value at the end of the steps, or null if a step does not fit what is there. */
    private static @Nullable Node put(@Nullable Node node, List<KeyPath.Step> steps, Node value) {
        if (steps.isEmpty()) {
            return value;
        }
        List<KeyPath.Step> rest = steps.subList(1, steps.size());
        Node target = node == null || saysNothing(node) ? blank(steps.get(0), value.place()) : node;
        if (target instanceof Node.Mapping mapping && steps.get(0) instanceof KeyPath.Name step) {
            Node.@Nullable Entry entry = mapping.entries().get(step.name());
            @Nullable Node changed = put(entry == null ? null : entry.value(), rest, value);
            Place keyPlace = entry == null ? value.place() : entry.keyPlace();
            return changed == null ? null : mapping.with(step.name(), new Node.Entry(keyPlace, changed));
        }
        if (target instanceof Node.Sequence sequence && steps.get(0) instanceof KeyPath.Index step) {
            return putItem(sequence, step, rest, value);
        }
        return null;
    }

    /** An index may name an item that exists, or the next one. */
    private static @Nullable Node putItem(
            Node.Sequence sequence, KeyPath.Index step, List<KeyPath.Step> rest, Node value) {
        List<Node> items = new ArrayList<>(sequence.items());
        if (step.index() > items.size()) {
            return null;
        }
        boolean isNew = step.insert() || step.index() == items.size();
        @Nullable Node changed = put(isNew ? null : items.get(step.index()), rest, value);
        if (changed == null) {
            return null;
        }
        if (isNew) {
            items.add(step.index(), changed);
        } else {
            items.set(step.index(), changed);
        }
        return new Node.Sequence(items, sequence.place());
    }

    /** A key of a mapping may be set where the file says that there is none: {@code tls: none}. */
    private static boolean saysNothing(Node node) {
        return node instanceof Node.Empty || (node instanceof Node.Scalar scalar && NOTHING.contains(scalar.text()));
    }

    private static Node blank(KeyPath.Step step, Place place) {
        return step instanceof KeyPath.Name ? new Node.Mapping(Map.of(), place) : new Node.Sequence(List.of(), place);
    }
}
