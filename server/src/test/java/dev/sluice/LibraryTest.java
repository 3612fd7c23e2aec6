package dev.sluice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What somebody gets who depends on {@code dev.sluice:sluice}, and what they are shown. */
final class LibraryTest {
    private static final int LONGEST_EXAMPLE = 30;

    @Test
    void pom_dependenciesOfTheLibrary_areFew() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        NodeList dependencies =
                ((Element) pom.getElementsByTagName("dependencies").item(0)).getElementsByTagName("dependency");
        Set<String> inherited = new TreeSet<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            if (!text(dependency, "scope").equals("test")
                    && !text(dependency, "optional").equals("true")) {
                inherited.add(text(dependency, "artifactId"));
            }
        }

        assertEquals(new TreeSet<>(LibraryClassPath.DIRECT), inherited);
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    @Test
    void example_onTheClassPathOfALibraryUser_serves(@TempDir Path folder) throws Exception {
        EmbeddedExample.run(LibraryClassPath.with(LibraryClassPath.classes()), folder);
    }

    @Test
    void example_isShort_andOnThePage() throws Exception {
        String source = Files.readString(EmbeddedExample.SOURCE);
        String page = Files.readString(Path.of("..", "www", "embedding.html"));

        assertTrue(source.lines().count() <= LONGEST_EXAMPLE);
        String shown = source.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        assertTrue(page.contains("<pre><code>" + shown + "</code></pre>"), "the page shows another program");
    }
}
