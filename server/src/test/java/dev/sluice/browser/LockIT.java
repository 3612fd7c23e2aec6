package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.TestSite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A dashboard whose API wants a token. */
@Timeout(120)
final class LockIT {
    private static final String TOKEN = "open.sesame-4711";
    private static final TestSite SITE =
            TestSite.empty().file("/one.txt", "one").file("/.token", TOKEN + "\n");

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.of(SITE, "--set=admin.tokenFile=" + SITE.at("/.token"));

    private final DashboardPage dashboard = new DashboardPage(chromium, sluice);

    @Test
    void token_askedForWrongAndRight_opensOnlyWithTheRightOne() {
        chromium.complaints().foresee("/(api/|readyz).* 401");
        chromium.open(sluice.admin("/"));
        chromium.seen("#token[open]");
        chromium.seen("#state[data-state=locked]");
        assertEquals("", chromium.find("#request-rows").getText());
        chromium.picture("token");
        assertEquals(List.of(), Axe.violations(chromium));

        give("open.says-me");
        chromium.says("#token-text", "not the token");

        give(TOKEN);
        dashboard.live();
        new Visitor(sluice).get("/one.txt");
        dashboard.row("/one.txt");
        assertTrue(chromium.all("#token[open]").isEmpty());

        chromium.driver().navigate().refresh();
        dashboard.live();
    }

    @Test
    void token_notGivenNow_canBeGivenLater() {
        chromium.complaints().foresee("/(api/|readyz).* 401");
        chromium.open(sluice.admin("/"));
        chromium.driver().executeScript("sessionStorage.clear()");
        chromium.driver().navigate().refresh();
        chromium.seen("#token[open]");
        chromium.find("#token-cancel").click();

        chromium.seen("#unlock").click();
        give(TOKEN);

        dashboard.live();
    }

    private static void give(String token) {
        chromium.seen("#token-input").sendKeys(token);
        chromium.find("#token-submit").click();
    }
}
