package dev.sluice.cli;

import dev.sluice.app.Sluice;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Tells the user where a server listens. */
final class Announcer {
    private final PrintWriter out;
    private final Map<String, String> environment;
    private final BooleanSupplier interactive;
    private final Browser browser;

    /**
     * @param out where to tell it, in the default charset
     * @param interactive tells whether that is a terminal
     * @param browser which shows the site
     */
    Announcer(PrintWriter out, Map<String, String> environment, BooleanSupplier interactive, Browser browser) {
        this.browser = browser;
        this.out = out;
        this.environment = environment;
        this.interactive = interactive;
    }

    /** Prints the line of each listener, and what is wanted behind them. */
    void announce(Sluice server, Greeting greeting) {
        server.announcement().forEach(out::println);
        if (greeting.dev()) {
            out.println("sluice: nothing is cached, and pages reload when a file changes; stop with Ctrl-C");
        }
        if (greeting.code()) {
            out.println("sluice: QR code of " + server.link());
            QrCode.of(server.link()).drawn(drawing()).forEach(out::println);
        }
        out.flush();
        if (greeting.open()) {
            browser.open(server.ownLink());
        }
    }

    /** Prints another line. */
    void tell(String line) {
        out.println("sluice: " + line);
        out.flush();
    }

    private QrDrawing drawing() {
        boolean colours = interactive.getAsBoolean()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return QrDrawing.of(isUtf8(), colours);
    }

    /** Since JDK 18 the default charset is UTF-8 whatever the locale is (JEP 400), and the terminal may read another one. */
    private static boolean isUtf8() {
        String read = System.getProperty("stdout.encoding", System.getProperty("native.encoding", ""));
        return Charset.defaultCharset().equals(StandardCharsets.UTF_8)
                && read.equalsIgnoreCase(StandardCharsets.UTF_8.name());
    }
}
