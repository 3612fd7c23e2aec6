package dev.sluice.browser;

import dev.sluice.InstalledTool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;

/** Debian's Chromium and its driver, found in the path; either both are there, or no test of this package runs. */
record ChromiumProgram(Path browser, Path driver) {
    /** More than any command takes, on a machine however busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Fails if it is missing under continuous integration, and skips the tests elsewhere. */
    static ChromiumProgram required() {
        return new ChromiumProgram(InstalledTool.required("chromium"), InstalledTool.required("chromedriver"));
    }

    /** The driver's process, not yet started, which writes what it does to a file in that folder. */
    ChromeDriverService service(Path folder) {
        return new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .withLogFile(folder.resolve("driver.log").toFile())
                .withTimeout(PATIENCE)
                .build();
    }

    /** Starts a browser with nothing in it, which keeps what it keeps in {@code folder}, and reaches no other machine. */
    ChromeDriver start(ChromeDriverService service, Path folder) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--autoplay-policy=no-user-gesture-required",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--window-size=1280,900",
                "--user-data-dir=" + folder.resolve("profile"));
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "download.default_directory",
                        folder.resolve("downloads").toString(),
                        "download.prompt_for_download",
                        false));
        options.setPageLoadTimeout(PATIENCE);
        options.setScriptTimeout(PATIENCE);
        options.setCapability(ChromeOptions.LOGGING_PREFS, everything());
        return new ChromeDriver(service, options, ClientConfig.defaultConfig().readTimeout(PATIENCE.multipliedBy(2)));
    }

    private static LoggingPreferences everything() {
        LoggingPreferences logging = new LoggingPreferences();
        List.of(LogType.BROWSER, LogType.PERFORMANCE).forEach(log -> logging.enable(log, Level.ALL));
        return logging;
    }
}
