package dev.sluice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a CycloneDX document in JSON says of the libraries in the jar. */
record BillOfMaterials(List<Component> components) {
    /** Where it lies in the jar, and among the resources. */
    static final String RESOURCE = "META-INF/sbom/sluice.cdx.json";

    /**
     * One library.
     *
     * @param name group, artifact and version, with colons between
     * @param sha256 of its jar, in hexadecimal digits
     * @param licences as SPDX identifiers, or the names that its authors gave; any one of several may be chosen
     */
    record Component(String name, String sha256, List<String> licences) {
        private static Component of(JsonNode node) {
            List<String> licences = new ArrayList<>();
            for (JsonNode choice : node.path("licenses")) {
                JsonNode licence = choice.path("license");
                JsonNode said = choice.has("expression") ? choice.get("expression") : licence.path("id");
                licences.add(said.asString(licence.path("name").asString("")));
            }
            String sha256 = stream(node.path("hashes"))
                    .filter(hash -> hash.get("alg").asString().equals("SHA-256"))
                    .map(hash -> hash.get("content").asString())
                    .findFirst()
                    .orElse("");
            String name = node.get("group").asString()
                    + ':'
                    + node.get("name").asString()
                    + ':'
                    + node.get("version").asString();
            return new Component(name, sha256, licences);
        }
    }

    static BillOfMaterials read(byte[] json) {
        JsonNode document = JsonMapper.builder().build().readTree(json);
        return new BillOfMaterials(
                stream(document.get("components")).map(Component::of).toList());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
