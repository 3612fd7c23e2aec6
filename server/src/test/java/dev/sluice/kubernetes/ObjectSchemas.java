package dev.sluice.kubernetes;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON schemas of Kubernetes objects that Fabric8 publishes in its models, made as strict as the API server is asked to be: no
 * field that they do not know, and the very {@code apiVersion} and {@code kind}. They say nothing of what is required.
 */
final class ObjectSchemas {
    /** Each of the models has one there. */
    private static final String RESOURCE = "schema/kube-schema.json";

    private static final Map<String, String> WRITTEN_AS = Map.of(
            "k8s_io_apimachinery_pkg_api_resource_Quantity", "[\"string\", \"number\"]",
            "kubernetes_apimachinery_pkg_util_intstr_IntOrString", "[\"string\", \"integer\"]");

    private final JsonMapper json = new JsonMapper();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private final List<ObjectNode> models = new ArrayList<>();

    ObjectSchemas() {
        try {
            for (URL url : Collections.list(ObjectSchemas.class.getClassLoader().getResources(RESOURCE))) {
                try (InputStream in = url.openStream()) {
                    models.add(strict((ObjectNode) json.readTree(in).get("definitions")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode strict(ObjectNode definitions) {
        definitions.values().forEach(ObjectSchemas::close);
        WRITTEN_AS.forEach((name, type) -> {
            if (definitions.has(name)) {
                definitions.set(name, json.readTree("{\"type\": " + type + "}"));
            }
        });
        return definitions;
    }

    /** Lets an object have the fields that are listed, and no others. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("properties").isObject()) {
                object.put("additionalProperties", false);
            }
            // "required": true is no JSON Schema; it marks the two fields that have just one value.
            if (object.path("required").isBoolean()) {
                object.remove("required");
                object.set("const", object.get("default"));
            }
        }
        node.values().forEach(ObjectSchemas::close);
    }

    /** What is wrong with an object; nothing if it is right. */
    List<String> problems(JsonNode object) {
        String kind = object.path("kind").asString();
        for (ObjectNode definitions : models) {
            for (Map.Entry<String, JsonNode> definition : definitions.properties()) {
                JsonNode fields = definition.getValue().path("properties");
                if (fields.at("/kind/const").asString("").equals(kind)
                        && fields.at("/apiVersion/const").equals(object.path("apiVersion"))) {
                    return problems(definitions, definition.getKey(), object);
                }
            }
        }
        return List.of(object.path("apiVersion").asString() + " " + kind + " is no kind of object");
    }

    private List<String> problems(ObjectNode definitions, String name, JsonNode object) {
        ObjectNode root = json.createObjectNode();
        root.set("definitions", definitions);
        root.set("allOf", json.readTree("[{\"$ref\": \"#/definitions/" + name + "\"}]"));
        Schema schema = registry.getSchema(root);
        return schema.validate(object).stream().map(Error::toString).toList();
    }
}
