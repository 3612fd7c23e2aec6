package dev.sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The browser of the user: what the environment variable BROWSER names, or else what the system takes for links. */
final class Browser {
    private static final String PLACE_OF_URL = "%s";

    private final List<String> command;
    private final PrintWriter err;

    /**
     * @param command words, one of which may have {@code %s} in it where the URL goes; else it goes behind them
     * @param err told if it cannot be opened
     */
    Browser(List<String> command, PrintWriter err) {
        this.command = List.copyOf(command);
        this.err = err;
    }

    static Browser of(Map<String, String> environment, PrintWriter err) {
        String named = environment.getOrDefault("BROWSER", "").strip();
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return new Browser(named.isEmpty() ? opener(system) : List.of(named.split("\\s+")), err);
    }

    private static List<String> opener(String system) {
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler");
        }
        return List.of(system.startsWith("mac") ? "open" : "xdg-open");
    }

    /** Shows a page. Does not wait for that; whatever goes wrong is told in one line, then or later. */
    void open(String url) {
        try {
            CompletableFuture<Void> unused = new ProcessBuilder(words(url))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .thenAccept(ended -> tell(url, ended.exitValue()));
        } catch (IOException e) {
            tell(url, String.valueOf(e.getMessage()));
        }
    }

    private List<String> words(String url) {
        List<String> words = new ArrayList<>();
        command.forEach(word -> words.add(word.replace(PLACE_OF_URL, url)));
        if (words.equals(command)) {
            words.add(url);
        }
        return words;
    }

    private void tell(String url, int exitCode) {
        if (exitCode != 0) {
            tell(url, command.get(0) + " ended with code " + exitCode);
        }
    }

    private void tell(String url, String why) {
        err.println("sluice: cannot open a browser: " + why.replaceAll("\\s+", " ") + "; visit " + url);
        err.flush();
    }
}
