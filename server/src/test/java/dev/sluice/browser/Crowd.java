package dev.sluice.browser;

import dev.sluice.e2e.TestSite;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Visitors of a site with a little of everything, who come and go until it is closed, so that a picture shows something. */
final class Crowd implements AutoCloseable {
    static final String CONFIGURATION = """
            sites:
              - hosts: [default]
                rules:
                  - match: {path: "/shop/**"}
                    template: {nonce: __CSP_NONCE_128_BITS__}
                    security: {csp: "script-src 'nonce-__CSP_NONCE_128_BITS__'"}
            cache: {memory: 64MiB}
            io: {directMinSize: 16MiB}
            """;

    private static final int VISITORS = 3;
    private static final List<String> PAGES =
            List.of("/", "/index.html", "/style.css", "/app.js", "/logo.svg", "/docs/guide.html", "/docs/faq.html");
    private static final List<String> CODINGS = List.of("identity", "gzip", "br", "zstd");

    private final ExecutorService threads = Executors.newFixedThreadPool(VISITORS);
    private final AtomicBoolean open = new AtomicBoolean(true);

    Crowd(SluiceProcess sluice) {
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            SplittableRandom random = new SplittableRandom(visitor);
            threads.execute(() -> visit(new Visitor(sluice), random));
        }
    }

    /** What they visit. */
    static TestSite site() {
        TestSite site = TestSite.empty()
                .file("/404.html", page("Nothing here", 1))
                .file(
                        "/shop/cart.html",
                        page("Cart", 40)
                                .replace("<title>", "<script nonce=\"__CSP_NONCE_128_BITS__\"></script><title>"))
                .file("/style.css", "main { margin: 0 auto; }\n".repeat(500))
                .file("/app.js", "export const add = (a, b) => a + b;\n".repeat(2_000))
                .file("/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
                .file("/films/tour.mp4", TestSite.noise(3 << 20))
                .file("/downloads/sluice-1.0.tar.gz", TestSite.noise(5 << 20))
                .file("/downloads/image.iso", TestSite.noise(20 << 20));
        PAGES.stream()
                .filter(path -> path.endsWith(".html"))
                .forEach(path -> site.file(path, page("Page " + path, 30)));
        for (int photo = 0; photo < 40; photo++) {
            site.file("/photos/" + photo + ".jpg", TestSite.noise(20_000 + photo * 9_000));
        }
        return site;
    }

    private static String page(String title, int paragraphs) {
        return "<!doctype html><html lang=\"en\"><title>" + title + "</title>"
                + "<p>Water finds its way through the gate.</p>\n".repeat(paragraphs);
    }

    private void visit(Visitor visitor, SplittableRandom random) {
        while (open.get()) {
            String coding = CODINGS.get(random.nextInt(CODINGS.size()));
            int choice = random.nextInt(100);
            if (choice < 55) {
                visitor.get(PAGES.get(random.nextInt(PAGES.size())), "Accept-Encoding", coding);
            } else if (choice < 82) {
                visitor.get("/photos/" + random.nextInt(40) + ".jpg");
            } else if (choice < 87) {
                visitor.get("/shop/cart.html");
            } else if (choice < 90) {
                visitor.get("/films/tour.mp4", "Range", "bytes=" + random.nextInt(2 << 20) + "-");
            } else if (choice < 92) {
                visitor.get("/downloads/sluice-1.0.tar.gz");
            } else if (choice < 93) {
                visitor.get("/downloads/image.iso", "Range", "bytes=0-4194303");
            } else if (choice < 95) {
                visitor.get("/old/page-" + random.nextInt(9) + ".html");
            } else {
                visitor.get("/style.css", "If-None-Match", "*");
            }
        }
    }

    /** Goes on for that long. */
    void staysFor(int seconds) throws InterruptedException {
        threads.awaitTermination(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        open.set(false);
        threads.shutdown();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
