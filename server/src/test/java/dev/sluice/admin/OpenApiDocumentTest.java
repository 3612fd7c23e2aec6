package dev.sluice.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sluice.openapi.Description;
import dev.sluice.openapi.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The description by itself. Whether it is true is for {@link OpenApiAnswersTest}. */
class OpenApiDocumentTest {
    /** With the dialect of its schemas; it lies in the package vertx-openapi. */
    private static final Schema OFFICIAL = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry -> registry.schemaIdResolvers(
                            ids -> ids.mapPrefix("https://spec.openapis.org", "classpath:spec.openapis.org")))
            .getSchema(SchemaLocation.of("https://spec.openapis.org/oas/3.1/schema-base/2022-10-07"));

    /** Answers to what no operation is described for. */
    private static final Set<String> OF_NO_OPERATION =
            Set.of("#/components/responses/NotFound", "#/components/responses/MethodNotAllowed");

    /** What others add to, and what stands for a document of somebody else's specification. */
    private static final Set<String> OPEN = Set.of(
            "/components/schemas/ProblemFields",
            "/components/schemas/Description",
            "/components/schemas/Description/properties/info",
            "/components/schemas/Description/properties/paths",
            "/components/schemas/Description/properties/components");

    private static final Set<String> METHODS = Set.of("get", "post");
    private static final Pattern LOWER_CAMEL = Pattern.compile("[a-z]+([A-Z][a-z]+)+");

    private final Description description = Description.ofProgram();
    private final JsonNode root = description.root();

    @Test
    void document_asWritten_isOpenApi31() {
        assertEquals("3.1.0", root.get("openapi").asString());
        assertEquals(List.of(), OFFICIAL.validate(root));
    }

    @Test
    void document_brokenSchema_isFoundByTheOfficialOne() {
        ((ObjectNode) root.at("/components/schemas/Micros")).put("type", "strnig");

        assertNotEquals(List.of(), OFFICIAL.validate(root));
    }

    @Test
    void document_served_tellsTheVersion() {
        String served = new String(new OpenApi("1.2.3-x").octets(), StandardCharsets.UTF_8);

        assertEquals(
                "1.2.3-x", Description.parse(served).root().at("/info/version").asString());
        assertFalse(served.contains("@"), "a place that was not filled in");
    }

    @Test
    void references_all_leadSomewhereAndEveryComponentIsUsed() {
        Set<String> used = new TreeSet<>(OF_NO_OPERATION);
        walk("", root, (place, node) -> {
            if (node.has("$ref")) {
                String reference = node.get("$ref").asString();
                assertTrue(reference.startsWith("#/components/"), place + ": " + reference);
                assertFalse(description.resolve(node).isMissingNode(), place + ": " + reference);
                used.add(reference);
            }
        });

        Set<String> there = new TreeSet<>();
        root.get("components")
                .propertyStream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue()
                        .propertyNames()
                        .forEach(name -> there.add("#/components/" + kind.getKey() + "/" + name)));
        assertEquals(there, used);
    }

    @Test
    void operations_all_haveANameTagsAndWords() {
        Set<String> names = new HashSet<>();
        Set<String> tags = new HashSet<>();
        for (Operation operation : description.operations()) {
            String name = operation.node().get("operationId").asString();
            assertTrue(LOWER_CAMEL.matcher(name).matches(), name);
            assertTrue(names.add(name), name + ": twice");
            assertFalse(operation.node().get("summary").asString().isBlank(), operation::toString);
            assertEquals(1, operation.node().get("tags").size(), operation::toString);
            tags.add(operation.node().at("/tags/0").asString());
        }

        assertEquals(
                tags,
                new HashSet<>(root.get("tags")
                        .valueStream()
                        .map(tag -> tag.get("name").asString())
                        .toList()));
    }

    /** No path has a variable part; whoever describes the first one has its parameter to declare. */
    @Test
    void paths_all_areLiteralsWithKnownMethods() {
        root.get("paths").propertyStream().forEach(path -> {
            assertFalse(path.getKey().contains("{"), path.getKey());
            assertTrue(METHODS.containsAll(path.getValue().propertyNames()), path.getKey());
        });
    }

    @Test
    void parameters_all_areDescribedAndTheirExamplesHold() {
        for (Operation operation : description.operations()) {
            Set<String> names = new HashSet<>();
            for (JsonNode node : operation.node().path("parameters")) {
                JsonNode parameter = description.resolve(node);
                String name = parameter.get("name").asString();
                assertTrue(names.add(name), operation + ": " + name + " twice");
                assertFalse(parameter.get("description").asString().isBlank(), name);
                assertEquals(List.of(), description.faults(parameter.get("schema"), parameter.get("example")), name);
            }
        }
    }

    @Test
    void examples_all_areAsTheirSchemasSay() {
        List<String> faults = new ArrayList<>();
        walk("", root, (place, node) -> {
            if (node.has("schema") && node.has("example")) {
                description.faults(node.get("schema"), node.get("example")).forEach(fault -> faults.add(place + fault));
            }
            if (place.startsWith("/components/schemas/")) {
                node.path("examples")
                        .forEach(example ->
                                description.faults(node, example).forEach(fault -> faults.add(place + fault)));
            }
        });

        assertEquals(List.of(), faults);
    }

    @Test
    void objects_allButTheOpenOnes_takeNoFieldThatIsNotDescribed() {
        walk("/components/schemas", root.at("/components/schemas"), (place, node) -> {
            boolean object = isObject(node) && !place.endsWith("/properties");
            boolean closed = node.has("additionalProperties")
                    || (node.path("unevaluatedProperties").isBoolean()
                            && !node.get("unevaluatedProperties").asBoolean());
            assertEquals(object && !OPEN.contains(place), object && closed, place);
        });
    }

    private static boolean isObject(JsonNode node) {
        return node.has("allOf")
                || (node.path("type").isString() && node.get("type").asString().equals("object"))
                || (node.path("type").isArray()
                        && node.get("type")
                                .valueStream()
                                .anyMatch(type -> type.asString().equals("object")));
    }

    @Test
    void required_everywhere_namesFieldsThatAreDescribed() {
        walk("", root, (place, node) -> {
            if (node.path("required").isArray() && !place.endsWith("/info")) {
                node.get("required")
                        .forEach(name -> assertTrue(node.path("properties").has(name.asString()), place + ": " + name));
            }
        });
    }

    private static void walk(String place, JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.isObject()) {
            visitor.accept(place, node);
            node.propertyStream()
                    .filter(entry -> !entry.getKey().startsWith("example"))
                    .forEach(entry -> walk(place + "/" + entry.getKey(), entry.getValue(), visitor));
        } else if (node.isArray()) {
            node.forEach(item -> walk(place + "/-", item, visitor));
        }
    }
}
