package dev.sluice.cli.top;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The terminal this process was started from, taken over until it is closed, or until the process is told to end: then it
 * is as it was before. Its line discipline is changed by {@code stty}, which every Unix has; a library for that
 * would be larger than all the rest of the command, and would bring native code.
 */
final class Terminal implements Display, Closeable {
    private static final File DEVICE = new File("/dev/tty");
    private static final int ESCAPE = 27;

    /** The other screen, without a cursor and without going on in the next line (xterm's private modes 1049, 25, 7). */
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

    private static final String LEAVE = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_REST = "\u001b[J";

    private final String saved;
    private final PrintWriter out;
    private final Map<String, String> environment;
    private final Thread hook;
    private final AtomicBoolean restored = new AtomicBoolean();

    private Terminal(String saved, PrintWriter out, Map<String, String> environment) {
        this.saved = saved;
        this.out = out;
        this.environment = environment;
        this.hook = new Thread(this::leave, "sluice-terminal");
    }

    /**
     * Takes the terminal over.
     *
     * @param out leads to the terminal
     * @return null if it can't be taken over
     */
    static @Nullable Terminal open(PrintWriter out, Map<String, String> environment) throws InterruptedException {
        String saved = stty("-g").strip();
        if (saved.isEmpty() || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return null;
        }
        Terminal terminal = new Terminal(saved, out, environment);
        Runtime.getRuntime().addShutdownHook(terminal.hook);
        // Ctrl-C still ends the process. Ctrl-Z would leave the shell with this screen.
        stty("-icanon", "-echo", "min", "1", "time", "0", "susp", "undef");
        out.print(ENTER);
        out.flush();
        return terminal;
    }

    /** How large the terminal is, or else what the environment says. */
    static Size size(Map<String, String> environment) {
        try {
            return Size.of(stty("size"), environment);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Size.of(environment);
        }
    }

    @Override
    public Size size() {
        return size(environment);
    }

    /** At once, so that nothing flickers. */
    @Override
    public void show(List<Line> lines, Size size) {
        Style.Palette palette = Style.Palette.of(environment);
        StringBuilder frame = new StringBuilder(HOME);
        for (int i = 0; i < lines.size(); i++) {
            frame.append(i == 0 ? "" : "\n")
                    .append(lines.get(i).text(size.columns(), palette))
                    .append(CLEAR_LINE);
        }
        synchronized (restored) {
            if (!restored.get()) {
                out.print(frame.append(CLEAR_REST));
                out.flush();
            }
        }
    }

    @Override
    public void listen(IntConsumer keys) {
        Thread reader = new Thread(() -> read(keys), "sluice-keys");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(IntConsumer keys) {
        try (InputStream in = new FileInputStream(DEVICE)) {
            for (int key = in.read(); key >= 0; key = in.read()) {
                if (key == ESCAPE) {
                    skipSequence(in);
                } else {
                    keys.accept(key);
                }
            }
        } catch (IOException e) {
            // The terminal is gone, as at its end.
        }
        keys.accept(-1);
    }

    /** An arrow or a function key (ECMA-48 §5.4, or SS3 and a letter): no letter of it was typed. Escape itself stands alone. */
    private static void skipSequence(InputStream in) throws IOException {
        if (in.available() == 0) {
            return;
        }
        int introducer = in.read();
        if (introducer == '[' || introducer == 'O') {
            int octet = in.read();
            while (octet >= 0 && octet < '@') {
                octet = in.read();
            }
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook finds nothing left to do.
        }
    }

    /** On Ctrl-C, SIGTERM and SIGHUP. Leaving is what was asked for, and a success, as for the server. */
    private void leave() {
        restore();
        Runtime.getRuntime().halt(0);
    }

    private void restore() {
        synchronized (restored) {
            if (restored.compareAndSet(false, true)) {
                out.print(LEAVE);
                out.flush();
                try {
                    stty(saved);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** What it prints; empty if it fails. */
    private static String stty(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(DEVICE)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? printed : "";
        } catch (IOException e) {
            return "";
        }
    }
}
