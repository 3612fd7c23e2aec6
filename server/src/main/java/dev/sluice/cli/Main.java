package dev.sluice.cli;

import dev.sluice.app.Sluice;
import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationSource;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The command line's entry point. */
public final class Main {
    private Main() {}

    /**
     * Runs the command line and ends the JVM with its exit code: 0 done, 1 failed while running, 2 wrong usage or
     * configuration.
     *
     * @param args the arguments as given to the JVM
     */
    public static void main(String[] args) {
        // What is printed is English, with the digits of English, and a locale's data would take a start 3 % longer.
        Locale.setDefault(Locale.Category.FORMAT, Locale.US);
        Charset charset = Charset.defaultCharset();
        PrintWriter out = new PrintWriter(System.out, false, charset);
        PrintWriter err = new PrintWriter(System.err, false, charset);
        AtomicInteger code = new AtomicInteger(ExitCode.DONE);
        Launcher launcher = (source, shared, announce) -> serve(source, shared, announce, code);
        code.set(run(launcher, out, err, args));
        System.exit(code.get());
    }

    /** Runs the command line, with this process's input, environment and working directory, and gives the exit code. */
    static int run(Launcher launcher, PrintWriter out, PrintWriter err, String... args) {
        PasswordInput passwords = new StandardInput(Main::terminal, System.in);
        return new CommandLineRunner(
                        launcher, passwords, Path.of(""), System.getenv(), () -> terminal() != null, out, err)
                .run(args);
    }

    private static @Nullable Console terminal() {
        // The console that JDK 22 to 24 prefer is there without a terminal too.
        System.setProperty("jdk.console", "java.base");
        return System.console();
    }

    private static void serve(
            ConfigurationSource source, Set<Integer> shared, Consumer<Sluice> announce, AtomicInteger code)
            throws ConfigurationException, StartException, InterruptedException {
        Logging.install(System.err);
        Management.leaveOut();
        AtomicReference<@Nullable Sluice> running = new AtomicReference<>();
        // First of all, since a service may be told to reload as soon as it has been started; and beside the rest,
        // since it takes
        // the JVM 40 ms to make the class that the handler is of.
        Thread signals = new Thread(() -> HangUp.handle(() -> reload(running)), "sluice-signals");
        signals.start();
        Sluice server = Sluice.start(source, shared);
        running.set(server);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, code), "sluice-stop"));
        signals.join();
        announce.accept(server);
        server.awaitTermination();
    }

    private static void reload(AtomicReference<@Nullable Sluice> running) {
        Sluice server = running.get();
        if (server != null) {
            server.reload();
        }
    }

    /**
     * Runs on SIGTERM and SIGINT, and lets what is being sent finish. A stop that was asked for is a success, but a JVM
     * left to itself would report the signal in its exit code.
     */
    private static void stop(Sluice server, AtomicInteger code) {
        server.close();
        Runtime.getRuntime().halt(code.get());
    }
}
