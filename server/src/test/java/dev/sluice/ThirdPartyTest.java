package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The licences of what is in the jar. */
final class ThirdPartyTest {
    /** They ask for no more than to be named, and so may go with what is under the Apache License. */
    private static final Set<String> ACCEPTED =
            Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-0");

    private static final String LIST = "META-INF/THIRD-PARTY.txt";

    private static byte[] resource(String name) throws IOException {
        return ThirdPartyTest.class.getResourceAsStream('/' + name).readAllBytes();
    }

    private static List<BillOfMaterials.Component> components() throws IOException {
        return BillOfMaterials.read(resource(BillOfMaterials.RESOURCE)).components();
    }

    private static String line(BillOfMaterials.Component component) {
        return component.name() + " (" + String.join(" or ", component.licences()) + ")";
    }

    private static List<String> refused(List<BillOfMaterials.Component> components) {
        return components.stream()
                .filter(component -> component.licences().stream().noneMatch(ACCEPTED::contains))
                .map(ThirdPartyTest::line)
                .toList();
    }

    @Test
    void licences_ofWhatIsInTheJar_areAcceptedOnes() throws IOException {
        assertEquals(List.of(), refused(components()));
    }

    @Test
    void licences_otherOrNone_areRefused() {
        BillOfMaterials read = BillOfMaterials.read("""
                {"components": [
                  {"group": "g", "name": "a", "version": "1", "licenses": [{"license": {"id": "GPL-3.0-only"}}]},
                  {"group": "g", "name": "b", "version": "1", "licenses": [{"license": {"name": "Our own"}}]},
                  {"group": "g", "name": "c", "version": "1"},
                  {"group": "g", "name": "d", "version": "1", "licenses": [{"expression": "MIT AND GPL-2.0-only"}]},
                  {"group": "g", "name": "e", "version": "1",
                   "licenses": [{"license": {"id": "GPL-3.0-only"}}, {"license": {"id": "MIT"}}]}]}
                """.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of("g:a:1 (GPL-3.0-only)", "g:b:1 (Our own)", "g:c:1 ()", "g:d:1 (MIT AND GPL-2.0-only)"),
                refused(read.components()));
    }

    @Test
    void list_ofThirdParties_isThatOfTheBillOfMaterials() throws IOException {
        String listed = new String(resource(LIST), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("\\S+:\\S+:\\S+ \\(.*\\)"))
                .collect(Collectors.joining("\n"));
        String told = components().stream().map(ThirdPartyTest::line).sorted().collect(Collectors.joining("\n"));
        assertEquals(told, listed);
    }
}
