package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.e2e.TestSite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** A single-page application, which makes its pages itself and tells the browser their addresses. */
@Timeout(120)
final class HistoryIT {
    private static final String APP = """
            <!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,">
            <script type="module" src="/app.js"></script>
            <nav><a href="/">Home</a> <a href="/users/7">User</a> <a href="/settings">Settings</a></nav><h1></h1>
            """;

    private static final String SCRIPT = """
            const show = () => { document.querySelector('h1').textContent = 'At ' + location.pathname; };
            document.querySelector('nav').addEventListener('click', (event) => {
              event.preventDefault();
              history.pushState(null, '', event.target.href);
              show();
            });
            addEventListener('popstate', show);
            show();
            """;

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice =
            SluiceProcess.of(TestSite.empty().file("/index.html", APP).file("/app.js", SCRIPT), "--spa");

    @Test
    void history_backForwardAndReload_areTheApplicationsPages() {
        chromium.open(sluice.site("/"));
        chromium.says("h1", "At /");
        go("User", "/users/7");
        go("Settings", "/settings");
        assertEquals(0, sluice.records().of("/settings").size());

        chromium.driver().navigate().back();
        chromium.says("h1", "At /users/7");
        chromium.driver().navigate().forward();
        chromium.says("h1", "At /settings");
        chromium.driver().navigate().refresh();
        chromium.says("h1", "At /settings");

        Told told = sluice.records().first("/settings", any -> true);
        assertEquals("200 mmap", told.inShort());
        assertEquals(APP.length(), told.bytes());
    }

    private static void go(String link, String path) {
        chromium.driver().findElement(By.linkText(link)).click();
        chromium.says("h1", "At " + path);
    }

    @Test
    void address_openedDirectly_isTheApplicationAndAMissingScriptIsNot() {
        chromium.complaints().foresee("/gone\\.js.* 404");
        chromium.open(sluice.site("/users/9"));
        chromium.says("h1", "At /users/9");

        assertEquals(404L, chromium.run("return (await fetch('/gone.js')).status"));
    }
}
