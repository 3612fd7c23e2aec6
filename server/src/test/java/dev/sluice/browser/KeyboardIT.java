package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.TestSite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The dashboard without a mouse. */
@Timeout(180)
final class KeyboardIT {
    private static final int MORE_THAN_ALL = 150;

    /** Numbers what can be focused by Tab, in the order of the document; of a group of radio buttons, the one chosen. */
    private static final String EXPECTED = """
            const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]');
            const able = [...all].filter((one) => !one.disabled && one.checkVisibility() && one.tabIndex >= 0
              && one.getClientRects().length > 0 && !(one.type === 'radio' && !one.checked));
            able.forEach((one, i) => { one.dataset.stop = i; });
            return able.map((one, i) => i + ' ' + one.tagName + ' ' + (one.id || one.textContent.trim().slice(0, 30)));
            """;

    /** The focused element, and whether it, or what stands for it, shows that it is. */
    private static final String FOCUSED = """
            const one = document.activeElement;
            const outlined = (e) => e && getComputedStyle(e).outlineStyle !== 'none'
              && parseFloat(getComputedStyle(e).outlineWidth) >= 1;
            const shown = outlined(one) || outlined(one.nextElementSibling) || outlined(one.closest('label'));
            const name = (one.dataset.stop ?? '-') + ' ' + one.tagName + ' ' + (one.id || one.textContent.trim().slice(0, 30));
            return one === document.body ? '' : name + (shown ? '' : ' (focus not to be seen)');
            """;

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.of(TestSite.empty().file("/one.txt", "one"));

    private final DashboardPage dashboard = new DashboardPage(chromium, sluice);

    @BeforeEach
    void open() {
        new Visitor(sluice).get("/one.txt");
        dashboard.open();
        dashboard.row("/one.txt");
        chromium.seen("#hot-files tr[data-path='/one.txt']");
    }

    private static void tab() {
        new Actions(chromium.driver()).sendKeys(Keys.TAB).perform();
    }

    private static String focused() {
        return (String) chromium.driver().executeScript(FOCUSED);
    }

    @Test
    void tab_throughThePage_comesToEverythingInItsOrderAndShowsWhereItIs() {
        List<?> expected = (List<?>) chromium.driver().executeScript(EXPECTED);
        List<String> visited = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_ALL; i++) {
            tab();
            String focused = focused();
            if (focused.isEmpty()) {
                break;
            }
            visited.add(focused);
        }

        assertTrue(expected.size() > 30, expected::toString);
        assertEquals(String.join("\n", expected.stream().map(String::valueOf).toList()), String.join("\n", visited));
    }

    @Test
    void firstTab_andEnter_skipsToTheFigures() {
        tab();
        WebElement skip = chromium.driver().switchTo().activeElement();
        assertTrue(skip.isDisplayed());
        dashboard.press(Keys.ENTER);
        tab();

        assertEquals(true, chromium.run("return document.querySelector('main').contains(document.activeElement)"));
    }

    @Test
    void details_byKeys_keepTheFocusUntilEscapeAndGiveItBack() {
        WebElement button = dashboard.row("/one.txt").findElement(By.tagName("button"));
        focus(button);
        dashboard.press(Keys.ENTER);
        chromium.seen("#detail[open]");

        assertKeepsFocus("#detail");
        dashboard.escape();

        chromium.unseen("#detail");
        assertEquals(button, chromium.driver().switchTo().activeElement());
    }

    @Test
    void confirmation_byKeys_beginsAtCancelAndEscapeDoesNothing() {
        focus(chromium.find("#purge-path"));
        dashboard.press("/one.txt", Keys.ENTER);
        chromium.seen("#confirm[open]");

        assertEquals("confirm-no", chromium.driver().switchTo().activeElement().getDomAttribute("id"));
        assertKeepsFocus("#confirm");
        dashboard.escape();

        chromium.unseen("#confirm");
        assertAll(
                () -> assertEquals("", chromium.find("#outcome").getText()),
                () -> assertEquals(List.of("/one.txt"), sluice.records().hot()));
    }

    @Test
    void explain_byKeys_answers() {
        focus(chromium.find("#explain-path"));
        dashboard.press(Keys.chord(Keys.CONTROL, "a"), "/one.txt", Keys.ENTER);

        chromium.seen("#explain-lead[data-status='200']");
    }

    private static void focus(WebElement element) {
        chromium.driver().executeScript("arguments[0].focus()", element);
    }

    private static void assertKeepsFocus(String dialog) {
        for (int i = 0; i < 8; i++) {
            tab();
            // Between the last and the first, the focus is in the browser's own frame.
            assertEquals(
                    true,
                    chromium.run(
                            "return document.activeElement === document.body || document.querySelector(args[0])"
                                    + ".contains(document.activeElement)",
                            dialog));
        }
    }
}
