package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.e2e.TestSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A dashboard that stays open while its server does not. */
@Timeout(120)
final class ReconnectIT {
    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice =
            SluiceProcess.of(TestSite.empty().file("/before.txt", "one").file("/after.txt", "two"));

    private final DashboardPage dashboard = new DashboardPage(chromium, sluice);
    private final Visitor visitor = new Visitor(sluice);

    @Test
    void server_stoppedAndStartedAgain_isToldAndFollowedOn() throws Exception {
        chromium.complaints()
                .foresee("ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE"
                        + "|ERR_CONNECTION_RESET|readyz.* 503");
        visitor.get("/before.txt");
        dashboard.open();
        dashboard.row("/before.txt");
        String process = chromium.find("#pid").getText();

        sluice.stop();
        chromium.seen("#state[data-state=disconnected]");
        chromium.says("#notice", "No answer");
        chromium.picture("disconnected");

        sluice.start();
        dashboard.live();
        assertFalse(chromium.find("#notice").isDisplayed());
        visitor.get("/after.txt");
        assertEquals("mmap", dashboard.row("/after.txt").getDomAttribute("data-iopath"));
        chromium.until(page -> !chromium.find("#pid").getText().equals(process));
    }
}
