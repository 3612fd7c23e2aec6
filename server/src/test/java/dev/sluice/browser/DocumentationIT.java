package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Sluice's own documentation, as somebody reads it. */
@Tag("once")
@Timeout(300)
final class DocumentationIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.ofDocumentation();

    @Test
    void navigation_eachLinkClicked_opensItsPage() {
        chromium.open(sluice.site("/"));
        List<String> names = texts("nav a");
        assertTrue(names.size() > 5, names::toString);

        for (String name : names) {
            chromium.find("nav").findElement(By.linkText(name)).click();
            chromium.says("nav [aria-current=page]", name);
            assertEquals(names, texts("nav a"));
            assertTrue(chromium.seen("h1").isDisplayed());
        }
    }

    private static List<String> texts(String css) {
        return chromium.all(css).stream().map(WebElement::getText).toList();
    }

    /** A link to a place in a page leads to something of that name, and nothing comes from anywhere else. */
    @Test
    void links_followedFromTheStartPage_leadToWhatTheyName() {
        URI start = sluice.site("/");
        Set<URI> followed = new HashSet<>(Set.of(start));
        Deque<URI> ahead = new ArrayDeque<>(followed);
        List<String> lost = new ArrayList<>();
        while (!ahead.isEmpty()) {
            URI link = ahead.remove();
            chromium.open(link);
            if (link.getFragment() != null
                    && !Boolean.TRUE.equals(script("return Boolean(document.querySelector(':target'))"))) {
                lost.add(link.toString());
            }
            links().stream()
                    .filter(next -> next.getPort() == start.getPort() && followed.add(next))
                    .forEach(ahead::add);
        }

        assertEquals(List.of(), lost);
        assertTrue(followed.size() > 20, followed::toString);
        assertEquals(
                start.getAuthority(),
                script("return [...new Set(performance.getEntriesByType('resource')"
                        + ".map((entry) => new URL(entry.name).host))].join()"));
    }

    private static List<URI> links() {
        List<URI> links = new ArrayList<>();
        for (Object link : (List<?>) script("return [...(document.links ?? [])].map((link) => link.href)")) {
            links.add(URI.create(link.toString()));
        }
        return links;
    }

    @Test
    void page_thatIsNot_isTheErrorPageInItsStyle() {
        chromium.complaints().foresee("/no/such/page.* 404");

        chromium.open(sluice.site("/no/such/page.html"));

        assertEquals("Nothing at this gate", chromium.seen("h1").getText());
        assertNotEquals("rgba(0, 0, 0, 0)", chromium.find("body").getCssValue("background-color"));
        Told told = sluice.records().first("/no/such/page.html", any -> true);
        assertEquals("404 mmap", told.inShort());
        assertEquals(0, told.userCopiedBytes());
        chromium.find("main").findElement(By.linkText("Go to the start page")).click();
        chromium.says("h1", "A file server");
    }

    @Test
    void reload_ofAnUnchangedPage_isNotModifiedAndHasNoBody() {
        chromium.open(sluice.site("/tls.html"));
        String first = chromium.seen("h1").getText();

        chromium.driver().navigate().refresh();

        assertEquals(first, chromium.seen("h1").getText());
        Told told = sluice.records().first("/tls.html", record -> record.status() == 304);
        assertEquals("none", told.ioPath());
        assertEquals(0, told.bytes());
    }

    @ParameterizedTest
    @EnumSource
    void pages_inEitherScheme_areAccessibleAndFitAPhone(Scheme scheme) {
        chromium.prefers(scheme);
        chromium.open(sluice.site("/"));
        List<String> pages = new ArrayList<>(chromium.all("nav a, .brand").stream()
                .map(link -> link.getDomProperty("href"))
                .toList());
        List<String> faults = new ArrayList<>();
        for (String page : pages) {
            chromium.size(1280, 900);
            chromium.driver().get(page);
            Axe.violations(chromium).forEach(violation -> faults.add(page + ": " + violation));
            chromium.size(375, 812);
            if (chromium.overhang() > 0) {
                faults.add(page + " is " + chromium.overhang() + " px wider than a phone");
            }
        }

        assertAll(() -> assertTrue(pages.size() > 5, pages::toString), () -> assertEquals(List.of(), faults));
    }

    private static Object script(String script) {
        return chromium.driver().executeScript(script);
    }
}
