package dev.sluice.cli;

import dev.sluice.app.Sluice;
import dev.sluice.app.StartException;
import dev.sluice.config.Configuration;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;

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
        Charset charset = Charset.defaultCharset();
        PrintWriter out = new PrintWriter(System.out, false, charset);
        PrintWriter err = new PrintWriter(System.err, false, charset);
        System.exit(new CommandLineRunner(Main::serve, Path.of(""), out, err).run(args));
    }

    private static void serve(Configuration configuration, PrintWriter out)
            throws StartException, InterruptedException {
        Logging.install(System.err);
        Sluice server = Sluice.start(configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "sluice-stop"));
        server.announcement().forEach(out::println);
        out.flush();
        server.awaitTermination();
    }

    /**
     * Runs on SIGTERM and SIGINT, and lets what is being sent finish. A stop that was asked for is a success, but a JVM
     * left to itself would report the signal in its exit code.
     */
    private static void stop(Sluice server) {
        server.close();
        Runtime.getRuntime().halt(ExitCode.DONE);
    }
}
