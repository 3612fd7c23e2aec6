package dev.sluice.www;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The site in {@code www/}, Sluice's own documentation: whole, well-formed, and asking for nothing from elsewhere. */
final class SiteTest {

    /** Surefire runs a module's tests in the module's folder. */
    private static final Path SITE = Path.of("..", "www").toAbsolutePath().normalize();

    /** Asked for by clients or by the server without a link. */
    private static final Set<String> WELL_KNOWN = Set.of("404.html", "robots.txt", "favicon.ico");

    private static final Pattern CSS_ADDRESS = Pattern.compile("@import|url\\(", Pattern.CASE_INSENSITIVE);

    private static final URI ROOT = URI.create("/");

    static List<Page> pages() throws Exception {
        List<Page> pages = new ArrayList<>();
        for (String name : files()) {
            if (name.endsWith(".html")) {
                pages.add(Page.read(SITE.resolve(name)));
            }
        }
        return pages;
    }

    @Test
    void site_allFiles_holdThePagesAClientAsksForUnprompted() throws Exception {
        assertTrue(files().containsAll(List.of("index.html", "404.html", "robots.txt", "favicon.ico", "favicon.svg")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_head_tellsLanguageTitleDescriptionAndViewport(Page page) {
        assertEquals("en", page.document().getDocumentElement().getAttribute("lang"));
        assertEquals(1, page.named("title").stream().filter(SiteTest::inHead).count());
        assertFalse(page.named("title").get(0).getTextContent().isBlank());
        assertFalse(page.meta("description").isBlank());
        assertTrue(page.meta("viewport").contains("width=device-width"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_body_hasOneHeadingOneMainAndAWayToSkipToIt(Page page) {
        assertEquals(1, page.named("h1").size());
        assertEquals(1, page.named("main").size());
        Element firstLink = page.named("a").get(0);
        assertEquals("#" + page.named("main").get(0).getAttribute("id"), firstLink.getAttribute("href"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_ids_areUnique(Page page) {
        List<String> ids = page.values("id");
        Set<String> seen = new HashSet<>();
        assertEquals(List.of(), ids.stream().filter(id -> !seen.add(id)).toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_labels_nameElementsOfThePage(Page page) {
        Set<String> ids = Set.copyOf(page.values("id"));
        List<String> named = page.values("aria-labelledby").stream()
                .flatMap(value -> Stream.of(value.split(" ", -1)))
                .toList();
        assertEquals(List.of(), named.stream().filter(id -> !ids.contains(id)).toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_resources_areTheSitesOwn(Page page) {
        assertEquals(
                List.of(),
                page.references()
                        .filter(reference -> !reference.tag().equals("a"))
                        .filter(Page.Reference::external)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_markup_holdsNoScriptAndNoInlineStyle(Page page) {
        assertEquals(List.of(), page.named("script"));
        assertEquals(List.of(), page.named("style"));
        assertEquals(List.of(), page.values("style"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_internalLinks_leadToAFileAndAnIdThatExist(Page page) throws Exception {
        Set<String> targets = targets();
        assertEquals(
                Set.of(),
                internal(page).filter(target -> !targets.contains(target)).collect(Collectors.toSet()));
    }

    @Test
    void notFoundPage_links_areAbsolute() throws Exception {
        // It is sent for a missing path at any depth, where a relative address would lead elsewhere.
        Page page = Page.read(SITE.resolve("404.html"));
        assertEquals(
                List.of(),
                page.references()
                        .map(Page.Reference::target)
                        .filter(target -> !target.startsWith("/") && !target.startsWith("#"))
                        .toList());
    }

    @Test
    void navigation_everyPage_listsTheSamePages() throws Exception {
        Set<List<String>> navigations = new HashSet<>();
        for (Page page : pages()) {
            Element nav = page.named("nav").get(0);
            navigations.add(page.named("a").stream()
                    .filter(link -> isInside(link, nav))
                    .map(link -> resolve(page, link.getAttribute("href")) + " " + link.getTextContent())
                    .toList());
        }
        assertEquals(1, navigations.size(), navigations::toString);
    }

    @Test
    void files_all_areLinkedOrWellKnown() throws Exception {
        Set<String> orphans = new TreeSet<>(files());
        orphans.removeAll(WELL_KNOWN);
        for (Page page : pages()) {
            internal(page).forEach(target -> orphans.remove(target.replaceFirst("#.*", "")));
        }
        assertEquals(Set.of(), orphans);
    }

    @Test
    void styleSheet_addresses_areNone() throws Exception {
        assertFalse(
                CSS_ADDRESS.matcher(Files.readString(SITE.resolve("style.css"))).find());
    }

    /** Everything a link may lead to: each file, and each id of each page as {@code file#id}. */
    private static Set<String> targets() throws Exception {
        Set<String> targets = new HashSet<>(files());
        for (Page page : pages()) {
            page.values("id").forEach(id -> targets.add(page.name() + "#" + id));
        }
        return targets;
    }

    private static Stream<String> internal(Page page) {
        return page.references()
                .filter(reference -> !reference.external())
                .map(reference -> resolve(page, reference.target()));
    }

    /** The address as a path within the site, as a browser on that page would ask for it. */
    private static String resolve(Page page, String target) {
        String resolved = target.startsWith("#")
                ? page.name() + target
                : ROOT.resolve(page.name()).resolve(target).toString().substring(1);
        return resolved.isEmpty() ? "index.html" : resolved;
    }

    private static Set<String> files() throws Exception {
        try (Stream<Path> files = Files.walk(SITE)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> SITE.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean inHead(Element element) {
        return element.getParentNode().getNodeName().equals("head");
    }

    private static boolean isInside(Element element, Element ancestor) {
        return (ancestor.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_CONTAINED_BY) != 0;
    }
}
