package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.e2e.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A browser for the tests of a class. Each test begins on an empty page in a light window of 1280 by 900, and fails if the
 * browser complained of anything that the test had not foreseen.
 */
final class Chromium implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Path FOLDERS = Path.of("target", "browser").toAbsolutePath();
    private static final Duration STEP = Duration.ofMillis(25);

    private Path folder;
    private ChromeDriverService service;
    private Thread reaper;
    private ChromeDriver driver;
    private Complaints complaints;

    ChromeDriver driver() {
        return driver;
    }

    /** What the browser complained of, and what it may complain of. */
    Complaints complaints() {
        return complaints;
    }

    /** Clicks on the link to a file, and gives what has been saved when all of it is there. */
    Path download(URI page, String file) {
        open(page);
        find("a[href='" + file + "']").click();
        Path saved = folder.resolve("downloads").resolve(file);
        return Await.present("the download of " + file, () -> Optional.of(saved).filter(Files::exists));
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** The element when it is to be seen. */
    WebElement seen(String css) {
        return until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)));
    }

    void unseen(String css) {
        until(ExpectedConditions.invisibilityOfElementLocated(By.cssSelector(css)));
    }

    /** Waits until an element says what it is to say. */
    void says(String css, String text) {
        until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(css), text));
    }

    /** A page may be loaded again just as it is looked at, which the driver tells of in more than one way. */
    <T> T until(ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, Await.PATIENCE, STEP)
                .ignoring(WebDriverException.class)
                .until(condition);
    }

    /** Waits until an expression of JavaScript is true on the page. */
    void untilTrue(String expression) {
        new WebDriverWait(driver, Await.PATIENCE, STEP)
                .withMessage(expression)
                .until(page -> Boolean.TRUE.equals(driver.executeScript("return Boolean(" + expression + ")")));
    }

    /** What an asynchronous function of JavaScript gives; its body may use {@code await} and {@code args}. */
    Object run(String body, Object... args) {
        return driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1]; const args = [...arguments].slice(0, -1);"
                        + "(async () => {" + body + "})().then(done, (fault) => done('fault: ' + fault))",
                args);
    }

    void prefers(Scheme scheme) {
        List<Map<String, String>> features = List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme.word()),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** A window of that size; below 600 wide that of a phone. */
    void size(int width, int height) {
        boolean phone = width < 600;
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
    }

    /** By how many pixels the page is wider than the window. */
    long overhang() {
        return (Long) driver.executeScript(
                "const page = document.documentElement; return page.scrollWidth - page.clientWidth");
    }

    /** Keeps a picture of what the window shows as a result of the build. */
    void picture(String name) {
        Screenshot.keep(driver, false, name);
    }

    /** Keeps a picture of the page from top to bottom. */
    void pictureOfAll(String name) {
        Screenshot.keep(driver, true, name);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        ChromiumProgram program = ChromiumProgram.required();
        folder = Files.createTempDirectory(Files.createDirectories(FOLDERS), "chromium");
        service = program.service(folder);
        // Should the tests' own process be stopped in the middle, the driver ends, and with it the browser.
        reaper = new Thread(service::stop);
        Runtime.getRuntime().addShutdownHook(reaper);
        driver = program.start(service, folder);
        driver.get("about:blank");
        complaints = new Complaints(driver);
        complaints.unforeseen();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        size(1280, 900);
        prefers(Scheme.LIGHT);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            picture("failed-" + context.getRequiredTestClass().getSimpleName() + "-"
                    + context.getRequiredTestMethod().getName());
        }
        driver.get("about:blank");
        List<String> unforeseen = complaints.unforeseen();
        complaints.forget();
        assertEquals(List.of(), unforeseen, "what the browser complained of");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        try {
            if (driver != null) {
                driver.quit();
            }
        } finally {
            if (service != null) {
                service.stop();
                Runtime.getRuntime().removeShutdownHook(reaper);
                remove(folder);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> inner;
        try (Stream<Path> tree = Files.walk(folder)) {
            inner = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inner) {
            Files.deleteIfExists(path);
        }
    }
}
