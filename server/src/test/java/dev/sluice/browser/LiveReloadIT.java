package dev.sluice.browser;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.e2e.Await;
import dev.sluice.e2e.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that stays open while its author works on it. */
@Timeout(120)
final class LiveReloadIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.of(
            TestSite.empty()
                    .file("/favicon.ico", "")
                    .file("/index.html", page("first"))
                    .file("/style.css", "h1 { color: rgb(1, 2, 3) }")
                    .file("/list/a.txt", "a")
                    .file("/strict.html", "<!doctype html><title>t</title><h1>strict</h1>"),
            "--dev");

    private static String page(String text) {
        return "<!doctype html><html lang=\"en\"><head><title>t</title><link rel=\"stylesheet\" href=\"/style.css\"></head>"
                + "<body><h1>" + text + "</h1></body></html>";
    }

    @BeforeEach
    void first() throws IOException {
        Path index = sluice.content().root().resolve("index.html");
        if (!Files.readString(index).equals(page("first"))) {
            String before = version();
            write("index.html", page("first"));
            // Told of later, the change would have the page of the next test loaded again.
            Await.present("a later version", () -> Optional.of(version()).filter(now -> !now.equals(before)));
        }
    }

    /** The one that pages have now. */
    private static String version() {
        String page = given().get(sluice.site("/index.html")).asString();
        String from = page.substring(page.indexOf("data-version=\"") + "data-version=\"".length());
        return from.substring(0, from.indexOf('"'));
    }

    private static Path write(String path, String text) throws IOException {
        return Files.writeString(sluice.content().root().resolve(path), text);
    }

    /** Opens a page, and marks it as one that has not been loaded again. */
    private static void open(String path) {
        chromium.open(sluice.site(path));
        chromium.driver().executeScript("window.mark = 'old'");
    }

    private static Object mark() {
        return chromium.driver().executeScript("return window.mark");
    }

    @Test
    void page_edited_showsTheNewText() throws IOException {
        open("/");
        chromium.says("h1", "first");

        write("index.html", page("second"));
        chromium.says("h1", "second");
        assertNull(mark());

        Path next = write(".index.html.new", page("third"));
        Files.move(
                next,
                next.resolveSibling("index.html"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        chromium.says("h1", "third");
    }

    @Test
    void page_inANewFolder_isOpenedAndReloaded() throws IOException {
        open("/list/");
        chromium.says("main", "a.txt");
        chromium.picture("live-listing");
        Path folder = Files.createDirectory(sluice.content().root().resolve("list/new"));
        chromium.says("main", "new");

        Files.writeString(folder.resolve("page.html"), page("young"));
        open("/list/new/page.html");
        chromium.says("h1", "young");

        Files.writeString(folder.resolve("page.html"), page("older"));
        chromium.says("h1", "older");
    }

    @Test
    void styleSheet_edited_isExchangedWithoutALoad() throws IOException {
        open("/");
        chromium.untilTrue("getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'");

        write("style.css", "h1 { color: rgb(4, 5, 6) }");

        chromium.untilTrue("getComputedStyle(document.querySelector('h1')).color === 'rgb(4, 5, 6)'");
        chromium.untilTrue("document.querySelectorAll('link[rel=stylesheet]').length === 1");
        assertEquals("old", mark());
        write("style.css", "h1 { color: rgb(1, 2, 3) }");
        chromium.untilTrue("getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'");
    }

    @Test
    void server_startedAgain_isFollowedByAReload() throws Exception {
        chromium.complaints()
                .foresee(
                        "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET");
        open("/");

        sluice.stop();
        write("index.html", page("while it was away"));
        assertEquals("old", mark());
        sluice.start();

        chromium.says("h1", "while it was away");
        write("index.html", page("and on"));
        chromium.says("h1", "and on");
    }

    /** As programs do that build a site: they remove what they made, and make it again a moment later. */
    @Test
    void page_removedAndMadeAnew_showsTheNewText() throws IOException {
        chromium.complaints().foresee(" 404");
        Path page = write("built.html", page("one"));
        open("/built.html");
        chromium.says("h1", "one");

        Files.delete(page);
        chromium.untilTrue("performance.getEntriesByType('resource').some((entry) => entry.name === location.href)");
        assertEquals("old", mark());
        write("built.html", page("two"));

        chromium.says("h1", "two");
    }

    /** A tab that nobody looks at has no connection, and catches up when somebody does. */
    @Test
    void tab_hiddenWhileAFileChanges_isReloadedWhenItIsSeen() throws IOException {
        open("/");
        String first = chromium.driver().getWindowHandle();
        String second = chromium.driver()
                .switchTo()
                .newWindow(org.openqa.selenium.WindowType.TAB)
                .getWindowHandle();
        try {
            write("index.html", page("changed behind"));
            chromium.open(sluice.site("/strict.html"));
        } finally {
            chromium.driver().switchTo().window(first);
            // Not by its own close, for which chromedriver has been seen to wait in vain.
            chromium.driver().executeCdpCommand("Target.closeTarget", Map.of("targetId", second));
        }

        chromium.says("h1", "changed behind");
        assertNull(mark());
    }
}
