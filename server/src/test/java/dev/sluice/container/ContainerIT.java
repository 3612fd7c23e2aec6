package dev.sluice.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.tls.ToolRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The Dockerfile, built without an engine on images of this machine's packages, and what it makes run as it says. */
@Tag("once")
@Timeout(2_000)
final class ContainerIT {
    private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
    private static final String IMAGE = "localhost/sluice";

    @TempDir
    private Path folder;

    @Test
    void image_ofTheDockerfile_servesWithoutRightsOnAReadOnlyRoot() throws Exception {
        Buildah.assumeInstalled();
        try (Buildah buildah = new Buildah(folder)) {
            assertRuns(buildah);
        }
    }

    private void assertRuns(Buildah buildah) throws Exception {
        String base = buildah.base("apt-get", "dpkg-preconfigure", "useradd", "curl", "javac", "mvn");
        String repository = System.getProperty(
                "maven.repo.local",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        buildah.build(
                IMAGE,
                HOUSE,
                List.of(
                        "--build-arg=BUILD_IMAGE=" + base,
                        "--build-arg=RUNTIME_IMAGE=" + base,
                        "--build-arg=MAVEN_OPTIONS=--offline -Dmaven.repo.local=/repository",
                        "--volume=" + repository + ":/repository"));
        System.out.println(
                "container: the image has " + buildah.size(IMAGE) + ", of which its base has " + buildah.size(base));
        JsonNode config = buildah.inspect(IMAGE).get("config");
        assertEquals("sluice", Container.user(config));
        assertTrue(config.get("ExposedPorts").has("8080/tcp"), config::toString);

        try (Container container = Container.start(folder, buildah.unpack(IMAGE), config)) {
            assertServes(container);
            assertEquals(0, container.stop(), container::errors);
            assertEquals("", container.errors());
        }
    }

    private static void assertServes(Container container) throws Exception {
        assertTrue(container.nextLine().startsWith("sluice: serving /srv/www at http://"));
        assertEquals("sluice: admin at http://127.0.0.1:8081/", container.nextLine());
        assertEquals("10001", container.uid());
        ToolRun health = container.healthCheck();
        assertEquals(0, health.exitCode(), health::said);
        assertEquals("", health.said());
        ToolRun page = container.run("sluice", List.of("curl", "-sS", "--fail", "http://127.0.0.1:8080/"));
        assertTrue(page.said().contains("<title>Sluice"), page::said);
        // As root, since to the other one permission is denied before that.
        ToolRun written = container.run("root", List.of("touch", "/srv/www/index.html"));
        assertNotEquals(0, written.exitCode());
        assertTrue(written.said().contains("Read-only file system"), written::said);
        // With what an engine would see of a server that is not ready.
        ToolRun refused = container.run("sluice", List.of("curl", "-sS", "--fail", "http://127.0.0.1:8082/readyz"));
        assertNotEquals(0, refused.exitCode());
    }
}
