package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.TestSite;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.support.ui.Select;

/** Looking at requests in the dashboard: the live table, its filters, one request in words, and what would become of one. */
@Timeout(120)
final class DashboardIT {
    private static final String SMALL = "/notes.txt";
    private static final String LARGE = "/film.mp4";
    private static final String RAW = "/<img/src=x/onerror=hacked=1>";
    private static final String ESCAPED = "/%3Cimg%20src=x%20onerror=hacked=1%3E.txt";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.of(TestSite.empty()
            .file(SMALL, "What was to be noted.\n")
            .file(LARGE, TestSite.noise(3 << 20))
            .file("/docs/one.html", "<!doctype html><title>One</title>")
            .file("/<img src=x onerror=hacked=1>.txt", "text"));

    private final DashboardPage dashboard = new DashboardPage(chromium, sluice);
    private final Visitor visitor = new Visitor(sluice);

    @BeforeEach
    void visit() {
        visitor.get(SMALL);
        visitor.get(LARGE);
        visitor.get("/docs/one.html");
        visitor.get("/docs/none.html");
    }

    @Test
    void table_ofADashboardOpenedLater_holdsWhatWasBeforeAndWhatComes() {
        dashboard.open();
        dashboard.row(SMALL);
        assertEquals("sendfile", dashboard.row(LARGE).getDomAttribute("data-iopath"));

        visitor.get("/docs/later.html");

        assertEquals("404", dashboard.row("/docs/later.html").getDomAttribute("data-status"));
    }

    @Test
    void filter_byIoPath_showsThoseAloneAndThoseToCome() {
        dashboard.open();
        new Select(chromium.find("#filter-iopath")).selectByVisibleText("sendfile");
        dashboard.submit("#filter-apply");
        dashboard.live();
        dashboard.row(LARGE);

        visitor.get(SMALL);
        visitor.get(LARGE, "Range", "bytes=5-");

        chromium.seen(DashboardPage.row(LARGE, "[data-status='206']"));
        assertEquals(Set.of("sendfile"), new TreeSet<>(dashboard.shown("data-iopath")));
    }

    @Test
    void filter_byStatusAndPath_showsThoseAloneUntilCleared() {
        dashboard.open();
        dashboard.type("#filter-status", "404");
        dashboard.type("#filter-path", "/docs/");
        dashboard.submit("#filter-apply");
        dashboard.live();
        dashboard.row("/docs/none.html");
        assertEquals(Set.of("404"), new TreeSet<>(dashboard.shown("data-status")));
        assertTrue(dashboard.shown("data-path").stream().allMatch(path -> path.startsWith("/docs/")));

        dashboard.submit("#filter-clear");

        dashboard.row(SMALL);
        assertEquals("", chromium.find("#filter-status").getDomProperty("value"));
    }

    @Test
    void filter_thatNothingFits_saysSo() {
        dashboard.open();
        dashboard.type("#filter-path", "/no/such/");
        dashboard.submit("#filter-apply");
        dashboard.live();

        assertTrue(chromium.seen("#request-empty").isDisplayed());
    }

    @Test
    void pause_whileRequestsCome_showsThemOnlyAfterwards() {
        dashboard.open();
        dashboard.submit("#pause");
        chromium.seen("#feed-state[data-state=paused]");
        visitor.get("/docs/while-paused.html");
        sluice.records().first("/docs/while-paused.html", any -> true);
        assertEquals(
                0,
                chromium.all(DashboardPage.row("/docs/while-paused.html", "")).size());

        dashboard.submit("#pause");

        dashboard.row("/docs/while-paused.html");
    }

    @Test
    void details_ofASmallAndALargeFile_areToldInWords() {
        dashboard.open();
        dashboard.details(SMALL);
        String small = chromium.find("#detail-lead").getText();
        assertTrue(small.contains("region") && small.contains("one writev") && small.contains("0 bytes copied"), small);
        chromium.picture("request-detail");
        dashboard.escape();
        chromium.unseen("#detail");

        dashboard.details(LARGE);
        String large = chromium.find("#detail").getText();
        assertTrue(large.contains("sendfile") && large.contains("1 byte copied"), large);
        chromium.find("#detail-explain").click();
        chromium.seen("#explain-lead[data-iopath=sendfile]");
        assertEquals(LARGE, chromium.find("#explain-path").getDomProperty("value"));
    }

    @Test
    void explain_ofARange_tellsWhatTheRequestThenDoes() {
        dashboard.open();
        dashboard.type("#explain-path", LARGE);
        dashboard.type("#explain-headers", "Range: bytes=0-99");
        dashboard.submit("#explain-submit");

        String lead = chromium.seen("#explain-lead[data-status='206']").getText();
        String planned = chromium.find("#explain-lead").getDomAttribute("data-iopath");
        assertTrue(lead.startsWith("206 Partial Content"), lead);
        assertTrue(chromium.find("#explain-fields").getText().contains("bytes 0-99/" + (3 << 20)));
        assertFalse(chromium.all("#explain-trace li").isEmpty());
        chromium.picture("explain");

        visitor.get(LARGE, "Range", "bytes=0-99");
        assertEquals(
                planned,
                sluice.records().first(LARGE, told -> told.bytes() == 100).planned());
    }

    @Test
    void explain_ofWhatIsNoPath_isTheRefusalThatItWouldMeet() {
        dashboard.open();
        dashboard.type("#explain-path", "/%zz");
        dashboard.submit("#explain-submit");

        chromium.seen("#explain-lead[data-status='400']");
        chromium.says("#explain-trace", "hexadecimal");
    }

    @Test
    void explain_ofWhatIsNoHeaderLine_saysWhatIsWrong() {
        chromium.complaints().foresee("api/explain.* 400");
        dashboard.open();
        dashboard.type("#explain-headers", "nonsense");
        dashboard.submit("#explain-submit");

        chromium.says("#explain-result", "No explanation");
        chromium.says("#explain-result", "nonsense");
    }

    /** The name is a file's, and so it comes into the table, the top files, the hot files, and the map. */
    @Test
    void hostilePath_whereverItShows_isTextAndRunsNothing() {
        visitor.get(ESCAPED);
        assertTrue(visitor.getAsWritten(RAW).startsWith("HTTP/1.1 400 "));
        dashboard.open();

        for (String path : List.of(ESCAPED, RAW)) {
            dashboard.details(path);
            chromium.says("#detail-title", "GET " + path);
            dashboard.escape();
        }
        chromium.says("#top-files", ESCAPED);
        chromium.says("#hot-files", ESCAPED);
        chromium.seen("#hot-files tr[data-path='" + ESCAPED + "'] button").click();
        chromium.says("#explain-result", "200 OK");
        dashboard.type("#filter-path", RAW);
        dashboard.submit("#filter-apply");
        dashboard.live();
        assertTrue(dashboard.row(RAW).getText().contains(RAW));

        assertEquals(0, chromium.all("img").size());
        assertNull(chromium.run("return globalThis.hacked ?? null"));
    }

    @Test
    void configuration_unfolded_isTheOneInForce() {
        dashboard.open();
        dashboard.submit("#config summary");

        chromium.says("#config-text", sluice.content().root().toString());
    }

    @Test
    void figures_afterRequests_areThoseOfTheApi() {
        dashboard.open();
        for (String path : List.of("mmap", "sendfile")) {
            String requests = sluice.records()
                    .json("/api/stats")
                    .at("/ioPaths/" + path + "/requests")
                    .asString();
            chromium.until(page -> chromium.all("#paths tbody tr").stream()
                    .anyMatch(row ->
                            row.getText().startsWith(path) && row.getText().contains(" " + requests + " ")));
        }
    }
}
