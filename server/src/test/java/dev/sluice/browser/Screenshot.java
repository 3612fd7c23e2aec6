package dev.sluice.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/** Pictures of pages, as PNG, among the results of the build. */
final class Screenshot {
    private static final Path FOLDER = Path.of("target", "screenshots").toAbsolutePath();

    private Screenshot() {}

    /** Keeps one of the whole page, or else of the window. */
    static void keep(ChromeDriver driver, boolean whole, String name) {
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole))
                .get("data");
        try {
            Files.createDirectories(FOLDER);
            Files.write(FOLDER.resolve(name + ".png"), Base64.getDecoder().decode((String) data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
