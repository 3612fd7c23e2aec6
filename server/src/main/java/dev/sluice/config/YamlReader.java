package dev.sluice.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads one YAML document into {@link Node}s. Of YAML it takes mappings, lists and scalars: anchors, aliases and tags
 * are refused, since a value that is written elsewhere has no place to point at.
 */
final class YamlReader {
    /** The configuration is seven levels deep; the bound keeps a hostile file from exhausting the stack. */
    private static final int MAX_DEPTH = 32;

    private final YAMLParser parser;
    private final Locator locator;
    private final Problems problems;

    private YamlReader(YAMLParser parser, Locator locator, Problems problems) {
        this.parser = parser;
        this.locator = locator;
        this.problems = problems;
    }

    /** Makes places of the parser's lines and columns, both from 1. */
    interface Locator {
        Place at(int line, int column);
    }

    /**
     * Reads a document.
     *
     * @param text the whole document
     * @param key the key whose value this document is; empty for a whole configuration
     * @return the root; {@link Node.Empty} if there is nothing but comments
     * @throws SyntaxException if the text is not YAML, after telling {@code problems} why
     */
    static Node read(String text, String key, Locator locator, Problems problems) throws SyntaxException {
        YAMLFactory factory = YAMLFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            return new YamlReader((YAMLParser) parser, locator, problems).document(key);
        } catch (JacksonException e) {
            SyntaxFault fault = SyntaxFault.of(e, text);
            problems.add(locator.at(fault.line(), fault.column()), key, "not YAML: " + fault.reason());
            throw new SyntaxException();
        }
    }

    private Node document(String key) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new Node.Empty(locator.at(1, 1));
        }
        Node root = node(first, key);
        if (parser.nextToken() != null) {
            problems.add(here(), key, "a second document (expected: one document)");
        }
        return root;
    }

    private Node node(JsonToken token, String key) {
        refuseReferences(key);
        Place place = here();
        return switch (token) {
            case START_OBJECT -> mapping(key, place);
            case START_ARRAY -> sequence(key, place);
            case VALUE_NULL -> new Node.Empty(place);
            default -> new Node.Scalar(parser.getString(), place);
        };
    }

    private Node.Mapping mapping(String path, Place place) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            String key = path.isEmpty() ? name : path + "." + name;
            Place keyPlace = here();
            refuseReferences(key);
            Node value = node(parser.nextToken(), key);
            Node.@Nullable Entry earlier = entries.putIfAbsent(name, new Node.Entry(keyPlace, value));
            if (earlier != null) {
                problems.add(
                        keyPlace,
                        key,
                        "given twice (first: " + earlier.keyPlace().at("") + ")");
            }
        }
        return new Node.Mapping(entries, place);
    }

    private Node.Sequence sequence(String path, Place place) {
        List<Node> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(node(token, path + "[" + items.size() + "]"));
            token = parser.nextToken();
        }
        return new Node.Sequence(items, place);
    }

    /** Jackson does not tell of an anchor on a scalar; but one that matters has an alias, and that is told. */
    private void refuseReferences(String key) {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            problems.add(here(), key, "an anchor or alias (expected: the value itself)");
        } else if (parser.getTypeId() != null) {
            problems.add(here(), key, "a tag (expected: the value alone)");
        }
    }

    private Place here() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return locator.at(location.getLineNr(), location.getColumnNr());
    }
}
