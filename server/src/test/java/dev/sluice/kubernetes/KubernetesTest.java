package dev.sluice.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.config.AdminSettings;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.tls.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code conf/kubernetes}: each object is what its schema says, and they fit each other, the configuration and the image. */
final class KubernetesTest {
    private static final Path FOLDER =
            Path.of("..", "conf", "kubernetes").toAbsolutePath().normalize();

    private static final ObjectSchemas SCHEMAS = new ObjectSchemas();

    /** The user of the Dockerfile. */
    private static final int USER = 10001;

    @TempDir
    private Path folder;

    private static JsonNode read(String file) throws IOException {
        return new YAMLMapper().readTree(Files.readString(FOLDER.resolve(file)));
    }

    private static JsonNode pod() throws IOException {
        return read("deployment.yaml").at("/spec/template");
    }

    private static JsonNode container() throws IOException {
        return pod().at("/spec/containers/0");
    }

    /** As in a pod, whose files lie in the folder here. */
    private Configuration configuration() throws Exception {
        String text = Files.readString(FOLDER.resolve("sluice.yaml"));
        Files.writeString(Files.createDirectories(here("/etc/sluice-admin")).resolve("token"), "0123456789abcdef");
        for (String place : List.of("/etc/sluice-admin/token", "/srv/www", "/var/cache/sluice")) {
            assertTrue(text.contains(": " + place + "\n"), place);
            text = text.replace(": " + place + "\n", ": " + here(place) + "\n");
            if (!Files.exists(here(place))) {
                Files.createDirectories(here(place));
            }
        }
        Path file = Files.writeString(folder.resolve("sluice.yaml"), text);
        return new ConfigurationLoader(folder, Map.of()).load(file, List.of(), List.of());
    }

    private Path here(String place) {
        return folder.resolve(place.substring(1));
    }

    private Path inThePod(Path here) {
        return Path.of("/").resolve(folder.relativize(here));
    }

    static List<String> objects() throws IOException {
        return read("kustomization.yaml")
                .get("resources")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void kustomization_resources_areTheFilesOfTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            TreeSet<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("kustomization.yaml") && !name.equals("sluice.yaml"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(others, new TreeSet<>(objects()));
        }
    }

    @ParameterizedTest
    @MethodSource("objects")
    void object_againstItsSchema_isRight(String file) throws IOException {
        assertEquals(List.of(), SCHEMAS.problems(read(file)));
    }

    /** That the schemas find what is wrong. */
    @ParameterizedTest
    @CsvSource({
        "deployment.yaml, /spec/template/spec/containers/0/readinessProbe/httpGet, paht",
        "deployment.yaml, /spec/template/spec/securityContext, readOnlyRootFilesystem",
        "service.yaml, /spec, port",
        "ingress.yaml, /spec/rules/0/http/paths/0/backend, serviceName",
        "horizontalpodautoscaler.yaml, /spec, targetCPUUtilizationPercentage",
        "poddisruptionbudget.yaml, /spec, maxUnavailible",
        "servicemonitor.yaml, /spec/endpoints/0, bearerToken"
    })
    void object_withAnUnknownField_isRefused(String file, String place, String field) throws IOException {
        JsonNode object = read(file);
        ((ObjectNode) object.at(place)).put(field, "any");
        assertTrue(
                SCHEMAS.problems(object).toString().contains(field),
                () -> SCHEMAS.problems(object).toString());
    }

    @Test
    void object_ofAnotherVersionOrType_isRefused() throws IOException {
        ObjectNode object = (ObjectNode) read("deployment.yaml");
        object.put("apiVersion", "apps/v1beta1");
        assertFalse(SCHEMAS.problems(object).isEmpty());
        ObjectNode replicas = (ObjectNode) read("deployment.yaml");
        ((ObjectNode) replicas.get("spec")).put("replicas", "three");
        assertTrue(SCHEMAS.problems(replicas).toString().contains("replicas"));
    }

    @Test
    void pod_rights_areFewAndItsRootIsReadOnly() throws IOException {
        JsonNode user = pod().at("/spec/securityContext");
        assertTrue(user.get("runAsNonRoot").asBoolean());
        assertEquals(USER, user.get("runAsUser").asInt());
        assertTrue(Files.readString(Path.of("..", "Dockerfile")).contains("--uid " + USER + " "));
        assertEquals("RuntimeDefault", user.at("/seccompProfile/type").asString());
        JsonNode rights = container().get("securityContext");
        assertTrue(rights.get("readOnlyRootFilesystem").asBoolean());
        assertFalse(rights.get("allowPrivilegeEscalation").asBoolean(true));
        assertEquals("[\"ALL\"]", rights.at("/capabilities/drop").toString());
    }

    @Test
    void selectors_all_findThePods() throws IOException {
        JsonNode labels = pod().at("/metadata/labels");
        assertEquals(labels, read("deployment.yaml").at("/spec/selector/matchLabels"));
        assertEquals(labels, read("service.yaml").at("/spec/selector"));
        assertEquals(labels, read("poddisruptionbudget.yaml").at("/spec/selector/matchLabels"));
        assertEquals(
                read("service.yaml").at("/metadata/labels"),
                read("servicemonitor.yaml").at("/spec/selector/matchLabels"));
        assertEquals(
                read("deployment.yaml").at("/metadata/name"),
                read("horizontalpodautoscaler.yaml").at("/spec/scaleTargetRef/name"));
    }

    @Test
    void ports_all_leadToTheListeners() throws Exception {
        Configuration configuration = configuration();
        assertEquals(configuration.listeners().get(0).port(), portOf("http"));
        AdminSettings.At admin = (AdminSettings.At) configuration.admin().listen();
        assertEquals(admin.address().port(), portOf("admin"));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertEquals("admin", container().at("/" + probe + "/httpGet/port").asString(), probe);
        }
        for (JsonNode port : read("service.yaml").at("/spec/ports")) {
            assertEquals(port.get("name"), port.get("targetPort"));
            assertTrue(portOf(port.get("name").asString()) > 0);
        }
        assertEquals(
                "http",
                read("ingress.yaml")
                        .at("/spec/rules/0/http/paths/0/backend/service/port/name")
                        .asString());
        assertEquals(
                "admin",
                read("servicemonitor.yaml").at("/spec/endpoints/0/port").asString());
    }

    private static int portOf(String name) throws IOException {
        return container()
                .get("ports")
                .valueStream()
                .filter(port -> port.get("name").asString().equals(name))
                .mapToInt(port -> port.get("containerPort").asInt())
                .sum();
    }

    /** What the configuration names lies in a volume, and the token of the pods is the one that Prometheus shows. */
    @Test
    void files_ofTheConfiguration_areMounted() throws Exception {
        Configuration configuration = configuration();
        assertEquals(
                "admin-token",
                volumeAt(inThePod(configuration.admin().tokenFile()).getParent()));
        assertEquals("cache", volumeAt(inThePod(configuration.cache().directory())));
        assertEquals(
                "config", volumeAt(Path.of(container().at("/args/1").asString()).getParent()));
        JsonNode credentials = read("servicemonitor.yaml").at("/spec/endpoints/0/authorization/credentials");
        assertEquals(
                pod().at("/spec/volumes").findValue("secretName").asString(),
                credentials.get("name").asString());
        assertEquals(
                configuration.admin().tokenFile().getFileName().toString(),
                credentials.get("key").asString());
    }

    private static String volumeAt(Path place) throws IOException {
        String volume = container()
                .get("volumeMounts")
                .valueStream()
                .filter(mount -> mount.get("mountPath").asString().equals(place.toString()))
                .map(mount -> mount.get("name").asString())
                .findFirst()
                .orElse("nothing is mounted at " + place);
        assertTrue(pod().at("/spec/volumes").findValuesAsString("name").contains(volume), volume);
        return volume;
    }

    @Test
    void grace_ofThePod_isLongerThanItTakesToStop() throws Exception {
        long sleep = container().at("/lifecycle/preStop/sleep/seconds").asLong();
        long shutdown = configuration().limits().shutdown().toSeconds();
        long grace = pod().at("/spec/terminationGracePeriodSeconds").asLong();
        assertTrue(sleep > 0 && grace > sleep + shutdown, () -> grace + " <= " + sleep + " + " + shutdown);
    }

    /** Kustomize refuses what it does not know, too. */
    @Test
    void kustomization_builtByKubectl_hasEveryObjectAndTheConfiguration() throws Exception {
        ToolRun run = ToolRun.of(folder, 60, "kubectl", "kustomize", FOLDER.toString());
        assertEquals(0, run.exitCode(), run::said);
        List<JsonNode> built = new YAMLMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(run.said())
                .readAll();
        assertEquals(objects().size() + 1, built.size());
        for (JsonNode object : built) {
            assertEquals(List.of(), SCHEMAS.problems(object));
        }
        assertTrue(run.said().contains("image: registry.example.org/sluice:1.0.0"), run::said);
        assertTrue(run.said().matches("(?s).*configMap:\\s+name: sluice-[a-z0-9]+\\n.*"), run::said);
    }
}
