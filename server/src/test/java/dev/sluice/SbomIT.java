package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The bill of materials in the packaged jar, compared with what is in the jar, file by file and hash by hash. */
final class SbomIT {
    private static final String OWN = "dev/sluice/";

    private static Set<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.endsWith("/") && isContent(name))
                    .collect(Collectors.toSet());
        }
    }

    /** Not what every jar has, and the packaged one has once. */
    private static boolean isContent(String name) {
        return !name.startsWith("META-INF/") || name.startsWith("META-INF/resources/");
    }

    private static String sha256(Path jar) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
    }

    /** The hash and the place of each jar here of which something is in the packaged jar, and what of that comes from none. */
    private static Map<String, String> shaded(Set<String> packaged) throws IOException, NoSuchAlgorithmException {
        Map<String, String> shaded = new TreeMap<>();
        for (String place : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
            if (place.endsWith(".jar") && packaged.removeAll(entries(Path.of(place)))) {
                shaded.put(sha256(Path.of(place)), Path.of(place).getFileName().toString());
            }
        }
        return shaded;
    }

    @Test
    void jar_dependencies_areThoseOfTheBillOfMaterials() throws Exception {
        Path jar = Path.of(System.getProperty("sluice.jar"));
        BillOfMaterials told;
        try (JarFile file = new JarFile(jar.toFile())) {
            told = BillOfMaterials.read(
                    file.getInputStream(file.getEntry(BillOfMaterials.RESOURCE)).readAllBytes());
        }
        Set<String> packaged = entries(jar);
        assertTrue(packaged.removeIf(name -> name.startsWith(OWN)));

        Map<String, String> shaded = shaded(packaged);

        assertEquals(Set.of(), packaged, "in the jar, and from nowhere");
        Set<String> hashes = told.components().stream()
                .map(BillOfMaterials.Component::sha256)
                .collect(Collectors.toSet());
        Stream<String> untold = shaded.entrySet().stream()
                .filter(one -> !hashes.contains(one.getKey()))
                .map(Map.Entry::getValue);
        Stream<String> absent = told.components().stream()
                .filter(one -> !shaded.containsKey(one.sha256()))
                .map(BillOfMaterials.Component::name);
        assertEquals(
                "",
                Stream.concat(untold, absent).collect(Collectors.joining(", ")),
                "in one of both; mvn -q cyclonedx:makeBom -pl server writes it anew");
    }
}
