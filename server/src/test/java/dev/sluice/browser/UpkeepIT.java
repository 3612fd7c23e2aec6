package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.TestSite;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the dashboard can change, each after a question: the hot set and the configuration. */
@Timeout(120)
final class UpkeepIT {
    private static final String PLAIN = "sites: [{hosts: [default]}]\n";
    private static final String MARKED =
            "sites: [{hosts: [default], rules: [{headers: {set: {X-Generation: second}}}]}]\n";
    private static final String WRONG = "sites: [{hosts: [default], inedx: [a.html]}]\n";

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.configured(
            TestSite.empty()
                    .file("/one.txt", "one")
                    .file("/docs/two.txt", "two")
                    .file("/docs/three.txt", "three"),
            PLAIN);

    private final DashboardPage dashboard = new DashboardPage(chromium, sluice);
    private final Visitor visitor = new Visitor(sluice);

    @BeforeEach
    void warm() {
        visitor.get("/one.txt");
        visitor.get("/docs/two.txt");
        visitor.get("/docs/three.txt");
    }

    @Test
    void purge_ofOnePath_isAskedForAndDoneOnlyOnYes() {
        dashboard.open();
        dashboard.type("#purge-path", "/one.txt");
        assertTrue(dashboard.ask(chromium.find("#purge")).contains("/one.txt"));
        chromium.picture("purge");
        dashboard.cancel();
        assertEquals(
                List.of("/docs/three.txt", "/docs/two.txt", "/one.txt"),
                sluice.records().hot());

        dashboard.ask(chromium.find("#purge"));
        dashboard.confirm();

        assertTrue(dashboard.outcome("purge", "done").contains("1 file"));
        assertEquals(
                List.of("/docs/three.txt", "/docs/two.txt"), sluice.records().hot());
    }

    @Test
    void purge_ofAPrefixAndOfAll_letsGoOfThose() {
        dashboard.open();
        chromium.find("#purge-prefix").click();
        dashboard.type("#purge-path", "/docs/");
        dashboard.ask(chromium.find("#purge"));
        dashboard.confirm();
        assertTrue(dashboard.outcome("purge", "done").contains("2 files"));
        assertEquals(List.of("/one.txt"), sluice.records().hot());

        chromium.find("#purge-all").click();
        dashboard.ask(chromium.find("#purge"));
        dashboard.confirm();
        chromium.says("#outcome", "1 file");
        assertEquals(List.of(), sluice.records().hot());
    }

    @Test
    void purge_fromTheListOfHotFiles_leavesTheListWithoutIt() {
        dashboard.open();
        String row = "#hot-files tr[data-path='/docs/two.txt']";
        chromium.seen(row);

        String question = dashboard.ask(chromium.all(row + " button").get(1));
        assertTrue(question.contains("/docs/two.txt"), question);
        dashboard.confirm();

        dashboard.outcome("purge", "done");
        chromium.unseen(row);
    }

    @Test
    void reload_ofAGoodFile_takesEffectAfterYes() {
        dashboard.open();
        sluice.configure(MARKED);
        dashboard.ask(chromium.find("#reload"));
        dashboard.cancel();
        assertTrue(visitor.get("/one.txt").headers().firstValue("X-Generation").isEmpty());

        dashboard.ask(chromium.find("#reload"));
        dashboard.confirm();

        String told = dashboard.outcome("reload", "done");
        assertTrue(told.contains("generation") && told.contains("sites"), told);
        chromium.picture("reload");
        assertEquals(
                "second",
                visitor.get("/one.txt").headers().firstValue("X-Generation").orElse("none"));
    }

    @Test
    void reload_ofAFileWithFaults_isRefusedAndSaysWhere() {
        chromium.complaints().foresee("config/reload.* 422");
        dashboard.open();
        sluice.configure(WRONG);

        dashboard.ask(chromium.find("#reload"));
        dashboard.confirm();

        String told = dashboard.outcome("reload", "failed");
        assertTrue(told.contains("inedx") && told.contains("sluice.yaml"), told);
        assertEquals(told.indexOf("inedx"), told.lastIndexOf("inedx"), told);
        chromium.untilTrue("document.querySelector('#outcome').getBoundingClientRect().bottom <= innerHeight");
        chromium.picture("reload-refused");
        assertEquals(200, visitor.get("/one.txt").statusCode());
    }

    @Test
    void reload_ofWhatCannotChangeWhileRunning_isRefusedAndNamesIt() {
        chromium.complaints().foresee("config/reload.* 409");
        dashboard.open();
        sluice.configure(PLAIN + "cache: {memory: 48MiB}\n");

        dashboard.ask(chromium.find("#reload"));
        dashboard.confirm();

        String told = dashboard.outcome("reload", "failed");
        assertTrue(told.contains("started again") && told.contains("cache"), told);
    }
}
