package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** How the dashboard looks while a site is visited, in pictures that the build keeps, and whether everybody can use it. */
@Tag("once")
@Timeout(180)
final class LookIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.configured(Crowd.site(), Crowd.CONFIGURATION);

    private final DashboardPage dashboard = new DashboardPage(chromium, sluice);

    /** The pictures are of a chart with something in it. */
    @BeforeAll
    static void comeAndGo() throws InterruptedException {
        try (Crowd crowd = new Crowd(sluice)) {
            chromium.prefers(Scheme.LIGHT);
            chromium.size(1280, 900);
            new DashboardPage(chromium, sluice).open();
            chromium.untilTrue("document.querySelectorAll('#chart .area').length >= 4");
            crowd.staysFor(Integer.getInteger("sluice.crowd.seconds", 8));
            chromium.pictureOfAll("dashboard-light");
            chromium.prefers(Scheme.DARK);
            chromium.pictureOfAll("dashboard-dark");
            chromium.picture("dashboard-dark-window");
            chromium.prefers(Scheme.LIGHT);
            chromium.picture("dashboard-light-window");
            chromium.size(375, 812);
            chromium.pictureOfAll("dashboard-phone");
            chromium.picture("dashboard-phone-window");
        }
    }

    @ParameterizedTest
    @EnumSource
    void page_inEitherScheme_isAccessibleOnADeskAndOnAPhone(Scheme scheme) {
        chromium.prefers(scheme);
        dashboard.open();
        showAFewRows();
        List<String> faults = new ArrayList<>(Axe.violations(chromium));
        chromium.size(375, 812);
        Axe.violations(chromium).forEach(violation -> faults.add("on a phone: " + violation));

        assertEquals(List.of(), faults);
    }

    /** One row is like another, and each costs the rules' script its time. */
    private void showAFewRows() {
        dashboard.type("#filter-status", "404");
        dashboard.submit("#filter-apply");
        dashboard.live();
        chromium.seen("#request-rows tr[data-status='404']");
    }

    @ParameterizedTest
    @EnumSource
    void dialogs_inEitherScheme_areAccessible(Scheme scheme) {
        chromium.prefers(scheme);
        dashboard.open();
        showAFewRows();
        chromium.find("#request-rows button").click();
        chromium.seen("#detail[open]");
        List<String> faults = new ArrayList<>(Axe.violations(chromium));
        dashboard.escape();
        dashboard.ask(chromium.find("#reload"));
        faults.addAll(Axe.violations(chromium));
        dashboard.cancel();

        assertEquals(List.of(), faults);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 375, 768, 1280, 1920})
    void page_atAnyWidth_isNoWiderThanTheWindow(int width) {
        chromium.size(width, 812);
        dashboard.open();
        chromium.driver().executeScript("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
        chromium.says("#config-text", "sites");

        assertEquals(0, chromium.overhang());
    }

    @ParameterizedTest
    @CsvSource({"#chart, By I/O path", "#latency-bars, How long answers took"})
    void drawing_forAReaderOfItsName_saysWhatItShows(String css, String name) {
        dashboard.open();
        chromium.seen(css + " *");

        WebElement drawing = chromium.find(css);
        assertTrue(List.of("img", "image").contains(drawing.getAriaRole()), drawing.getAriaRole());
        assertTrue(drawing.getAccessibleName().contains(name), drawing.getAccessibleName());
    }

    @Test
    void regions_inTheMap_sayInWordsWhatTheyHold() {
        dashboard.open();
        WebElement region = chromium.seen("#regions li");

        String words = region.getText();
        assertTrue(words.contains("Region") && words.contains("live") && words.contains("free"), words);
        assertFalse(chromium.all("#regions .map .seg").isEmpty());
        assertEquals(
                "Show its files (region 0)",
                region.findElement(By.tagName("button")).getAccessibleName());
    }

    @Test
    void motion_forReadersWhoWantNone_isNone() {
        dashboard.open();

        assertEquals(
                0L,
                chromium.run("return document.getAnimations().filter((one) => one.playState === 'running').length"));
    }
}
