package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that goes to a repository: beside the executable one, and without anything of others in it. */
final class LibraryIT {
    private static final Path JAR = Path.of(System.getProperty("sluice.library"));

    @Test
    void jar_asAModule_hasAName() {
        ModuleDescriptor module =
                ModuleFinder.of(JAR).find("dev.sluice").orElseThrow().descriptor();

        assertTrue(module.isAutomatic());
        assertTrue(module.packages().contains("dev.sluice"));
    }

    @Test
    void jar_content_isOurs() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> tops =
                    jar.stream().map(entry -> entry.getName().split("/", 2)[0]).collect(Collectors.toSet());

            assertEquals(Set.of("META-INF", "dev"), tops);
        }
    }

    @Test
    void example_againstTheJar_serves(@TempDir Path folder) throws Exception {
        EmbeddedExample.run(LibraryClassPath.with(JAR), folder);
    }
}
