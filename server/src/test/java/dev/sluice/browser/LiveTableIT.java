package dev.sluice.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.e2e.Await;
import dev.sluice.e2e.TestSite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** A reader in one window, the dashboard in another: each thing the reader does shows there, and how it was carried. */
@Timeout(180)
final class LiveTableIT {
    private static final int LARGE = 24 << 20;
    private static final String WORDS = "Of many words the same ones, again and again.\n".repeat(2_000);

    @RegisterExtension
    static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final SluiceProcess sluice = SluiceProcess.of(TestSite.empty()
            .file(
                    "/index.html",
                    "<!doctype html><html lang=\"en\"><title>Home</title><link rel=\"icon\" href=\"data:,\">"
                            + "<a href=\"whole.bin\" download>whole</a> <a href=\"cut.bin\" download>cut</a>")
            .file(
                    "/404.html",
                    "<!doctype html><html lang=\"en\"><title>Lost</title><link rel=\"icon\" href=\"data:,\">")
            .file("/film.html", Film.PAGE)
            .file("/words.txt", WORDS)
            .file("/whole.bin", TestSite.noise(LARGE))
            .file("/cut.bin", TestSite.noise(LARGE + 1)));

    private final DashboardPage dashboard = new DashboardPage(chromium, sluice);

    @Test
    void visit_inAnotherWindow_showsInTheTableAsTheRecordsHaveIt() throws IOException {
        dashboard.open();
        String watching = chromium.driver().getWindowHandle();
        chromium.driver().switchTo().newWindow(WindowType.WINDOW);
        visit();
        List<Told> records = records();
        chromium.driver().close();
        chromium.driver().switchTo().window(watching);

        List<String> wanted = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (Told told : records) {
            wanted.add(told.method() + " " + told.path() + " " + told.status() + " " + told.ioPath());
            shown.add(inShort(dashboard.row(told)));
        }
        assertEquals(wanted, shown);
    }

    private static String inShort(WebElement row) {
        return row.findElement(By.cssSelector(".request")).getText() + " "
                + row.findElement(By.cssSelector(".status")).getText() + " "
                + row.findElement(By.cssSelector(".io")).getText();
    }

    /** What the test saw of the server's own account; that it is what each kind of request is to be, it asserts itself. */
    private static List<Told> records() {
        List<Told> all = new ArrayList<>();
        all.add(is("/", 200, "mmap"));
        all.add(is("/", 304, "none"));
        all.add(is("/nowhere.html", 404, "mmap"));
        all.add(is("/whole.bin", 200, "sendfile"));
        all.add(is("/cut.bin", 200, "sendfile"));
        all.add(is("/cut.bin", 206, "sendfile"));
        all.add(is("/film.webm", 206, "sendfile"));
        Told coded = Await.present(
                "a coded answer",
                () -> Optional.of(sluice.records().of("/words.txt"))
                        .filter(answers -> answers.stream().anyMatch(told -> "br".equals(told.contentCoding())))
                        .map(answers -> answers.get(answers.size() - 1)));
        assertEquals("mmap", coded.ioPath());
        assertTrue(coded.bytes() < WORDS.length());
        all.add(coded);
        return all;
    }

    private static Told is(String path, int status, String ioPath) {
        return sluice.records()
                .first(path, told -> told.status() == status && told.ioPath().equals(ioPath));
    }

    private static void visit() throws IOException {
        chromium.complaints().foresee("/nowhere\\.html.* 404");
        chromium.open(sluice.site("/"));
        sluice.content().file("/film.webm", Film.make(chromium));
        chromium.driver().navigate().refresh();
        chromium.open(sluice.site("/nowhere.html"));
        chromium.download(sluice.site("/"), "whole.bin");
        try (CuttingRelay relay = new CuttingRelay(sluice.site("/"), LARGE / 4, () -> {})) {
            chromium.download(relay.address("/"), "cut.bin");
        }
        chromium.open(sluice.site("/film.html"));
        Film.length(chromium);
        assertEquals(Film.pictureAt(131), Film.seek(chromium, 131));
        chromium.open(sluice.site("/"));
        Await.present("a coded answer", () -> {
            chromium.run("await (await fetch('/words.txt', {cache: 'no-store'})).text()");
            return sluice.records().of("/words.txt").stream()
                    .filter(told -> "br".equals(told.contentCoding()))
                    .findFirst();
        });
    }
}
