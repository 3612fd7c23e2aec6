package dev.sluice.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassPathPlaceTest {
    @TempDir
    Path folder;

    private Path jar;
    private Path classes;

    @BeforeEach
    void make() throws IOException {
        jar = new ZipBytes()
                .add(ZipBytes.Part.of("static/").mode(0040755))
                .stored("static/page.html", "page")
                .stored("unnamed/page.html", "page")
                .to(folder.resolve("lib with space.jar"));
        classes = Files.createDirectories(folder.resolve("classes"));
        Files.createDirectories(classes.resolve("www"));
    }

    private ClassPathPlace find(String name) throws IOException {
        URL[] path = {classes.toUri().toURL(), jar.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, null)) {
            return ClassPathPlace.find(loader, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "/static", "/static/", "//static"})
    void find_directoryInAJar_isThatJarAndTheWayInIt(String name) throws IOException {
        assertEquals(new ClassPathPlace(jar, List.of("static")), find(name));
    }

    @Test
    void find_directoryOnDisk_isThat() throws IOException {
        assertEquals(new ClassPathPlace(classes.resolve("www"), null), find("/www"));
        Files.createDirectories(classes.resolve("static"));
        assertEquals(new ClassPathPlace(classes.resolve("static"), null), find("/static"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "unnamed"})
    void find_whatHasNoEntry_isRefusedByName(String name) {
        String message = assertThrows(IOException.class, () -> find(name)).getMessage();
        assertTrue(message.contains(name), message);
    }
}
