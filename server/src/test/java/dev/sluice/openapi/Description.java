package dev.sluice.openapi;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** An OpenAPI 3.1 description in one document. Tells in words where an answer is not as it says. */
public final class Description {
    /** Fields of the connection and of the message's framing, of which no description speaks (OpenAPI 3.1 §4.8.17.1). */
    private static final Set<String> UNDESCRIBED =
            Set.of("content-type", "content-length", "transfer-encoding", "connection", "date");

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode root;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31());

    private Description(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads a document.
     *
     * @param json a description whose references stay within it
     */
    public static Description parse(String json) {
        return new Description(JSON.readTree(json));
    }

    /** As it stands in the program, without its version. */
    public static Description ofProgram() {
        try (InputStream in = Description.class.getResourceAsStream("/dev/sluice/admin/openapi.json")) {
            return new Description(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode root() {
        return root;
    }

    public Collection<String> paths() {
        return root.get("paths").propertyNames();
    }

    public List<Operation> operations() {
        return root.get("paths")
                .propertyStream()
                .flatMap(path -> path.getValue()
                        .propertyStream()
                        .map(method -> new Operation(
                                path.getKey(), method.getKey().toUpperCase(Locale.ROOT), method.getValue())))
                .toList();
    }

    /** The methods that a path is described with, and HEAD where it has GET. */
    public Set<String> methods(String path) {
        Set<String> methods = operations().stream()
                .filter(operation -> operation.path().equals(path))
                .map(Operation::method)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    /** A part that answers of several operations have in common. */
    public JsonNode response(String name) {
        return root.at("/components/responses/" + name);
    }

    /** What a node stands for: itself, or what it refers to. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asString().substring(1)) : node;
    }

    public List<String> faults(Operation operation, Reply reply) {
        JsonNode response = operation.node().get("responses").path(String.valueOf(reply.status()));
        return response.isMissingNode()
                ? List.of("status " + reply.status() + " is not described: " + reply.body())
                : faults(response, reply);
    }

    /** The same where the described answer is known. */
    public List<String> faults(JsonNode response, Reply reply) {
        JsonNode described = resolve(response);
        List<String> faults = new ArrayList<>(fieldFaults(described.path("headers"), reply));
        JsonNode content = described.get("content").path(reply.mediaType());
        if (content.isMissingNode()) {
            faults.add("media type \"" + reply.mediaType() + "\" is not described");
        } else {
            faults.addAll(bodyFaults(content, reply));
        }
        return faults;
    }

    private List<String> fieldFaults(JsonNode described, Reply reply) {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : described.properties()) {
            List<String> values = reply.fields().getOrDefault(field.getKey(), List.of());
            JsonNode rules = resolve(field.getValue());
            if (values.isEmpty() && rules.path("required").asBoolean()) {
                faults.add("field " + field.getKey() + " is missing");
            }
            values.forEach(value -> faults.addAll(faults(rules.get("schema"), StringNode.valueOf(value))));
        }
        Set<String> names = described.propertyNames().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        reply.fields().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !names.contains(name) && !UNDESCRIBED.contains(name))
                .forEach(name -> faults.add("field " + name + " is not described"));
        return faults;
    }

    private List<String> bodyFaults(JsonNode content, Reply reply) {
        if (!reply.mediaType().contains("json")) {
            List<String> faults = new ArrayList<>(faults(content.get("schema"), StringNode.valueOf(reply.body())));
            if (content.has("x-events")) {
                ServerSentEvent.parse(reply.body())
                        .forEach(event -> faults.addAll(eventFaults(content.get("x-events"), event)));
            }
            return faults;
        }
        JsonNode body = JSON.readTree(reply.body());
        List<String> faults = new ArrayList<>(faults(content.get("schema"), body));
        if (reply.status() >= 400 && body.path("status").asInt() != reply.status()) {
            faults.add("the problem is said to be a " + body.path("status") + ", the status is " + reply.status());
        }
        return faults;
    }

    private List<String> eventFaults(JsonNode events, ServerSentEvent event) {
        JsonNode described = events.path(event.name());
        if (described.isMissingNode()) {
            return List.of("event " + event.name() + " is not described");
        }
        if (described.has("id") != event.id().isPresent()) {
            return List.of("event " + event.name() + ": id " + event.id());
        }
        List<String> faults = new ArrayList<>(faults(described.get("data"), JSON.readTree(event.data())));
        event.id().ifPresent(id -> faults.addAll(faults(described.get("id"), JSON.readTree(id))));
        return faults;
    }

    /** Where a value is not as a schema of this document says. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        ObjectNode self = (ObjectNode) schema.deepCopy();
        // What the schema refers to begins with "#/components", wherever it stood itself.
        self.set("components", root.get("components"));
        return schemas
                .getSchema(self)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
