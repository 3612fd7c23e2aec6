package dev.sluice.cli;

import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.config.KeyOverride;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command line asks of the server.
 *
 * @param file the configuration, or null for the defaults
 * @param overrides keys set by the directory and by options of their own, in the order in which those are declared
 * @param sets the arguments of {@code --set}, in the order given
 * @param greeting what the user is shown when the server listens
 * @param replaced the server whose place it takes, or null
 */
record ServeArguments(
        @Nullable Path file,
        List<KeyOverride> overrides,
        List<String> sets,
        Greeting greeting,
        @Nullable Predecessor replaced) {
    /** The option that {@link #DEV} belongs to. */
    static final String DEV_OPTION = "--dev";

    /** What suits who writes the site, and who alone is to see it; an option of its own for a key wins. */
    private static final List<KeyOverride> DEV = List.of(
            new KeyOverride(DEV_OPTION, "listeners[0].host", "127.0.0.1"),
            new KeyOverride(DEV_OPTION, "sites[0].listing", "html"),
            new KeyOverride(DEV_OPTION, "sites[0].dev", "true"));

    /** The options that set keys. */
    static final List<KeyOption> OPTIONS = List.of(
            KeyOption.of("listeners[0].host", "ADDR", "The address to listen on (default: 127.0.0.1).", "-H", "--host"),
            KeyOption.of(
                    "listeners[0].port",
                    "N",
                    "The port to listen on (default: 8080); 0 picks a free one.",
                    "-p",
                    "--port"),
            KeyOption.of(
                    "admin.listen",
                    "ADDR:PORT|off",
                    "Where the admin API listens (default: 127.0.0.1:8081).",
                    "--admin"),
            KeyOption.of(
                    "listeners[0].tls.certificate",
                    "FILE",
                    "Serve HTTPS: the certificate chain, in PEM.",
                    "--tls-cert"),
            KeyOption.of("listeners[0].tls.key", "FILE", "Its private key, in PEM (PKCS #8).", "--tls-key"),
            KeyOption.flag("listeners[0].h2c", "true", "Speak HTTP/2 by prior knowledge in clear text too.", "--h2c"),
            KeyOption.flag(
                    "sites[0].spa", "/index.html", "Answer navigations to unknown paths with /index.html.", "--spa"),
            KeyOption.of(
                    "sites[0].listing",
                    "html|json|off",
                    "List directories that have no index file (default: off).",
                    "--listing"),
            KeyOption.flag("sites[0].rules[+0].cors", "true", "Let scripts of every origin read the site.", "--cors"),
            KeyOption.of(
                    "accessLog.file", "FILE|-|off", "Where the access log is written (default: off).", "--access-log"),
            KeyOption.of(
                    "accessLog.format", "combined|json", "How its lines look (default: combined).", "--log-format"),
            KeyOption.flag(
                    "serverTiming", "true", "Say in each response which I/O path carried it.", "--server-timing"));

    /**
     * Puts them together.
     *
     * @param directory to be served, or null
     * @param given what each option sets, or null if it was not given
     */
    static ServeArguments of(
            @Nullable Path file,
            @Nullable String directory,
            Function<KeyOption, @Nullable KeyOverride> given,
            List<String> sets,
            Greeting greeting,
            @Nullable Predecessor replaced) {
        List<KeyOverride> overrides = new ArrayList<>(greeting.dev() ? DEV : List.of());
        if (directory != null) {
            overrides.add(new KeyOverride("DIR", "sites[0].root", directory));
        }
        for (KeyOption option : OPTIONS) {
            @Nullable KeyOverride override = given.apply(option);
            if (override != null) {
                overrides.add(override);
            }
        }
        return new ServeArguments(file, List.copyOf(overrides), List.copyOf(sets), greeting, replaced);
    }

    /** Serves until told to stop. */
    void serve(ConfigurationLoader loader, Launcher launcher, Announcer announcer)
            throws ConfigurationException, StartException, InterruptedException {
        launcher.run(loader.source(file, overrides, sets), replaced == null ? Set.of() : replaced.ports(), server -> {
            announcer.announce(server, greeting);
            if (replaced != null) {
                announcer.tell(replaced.stop());
            }
        });
    }
}
