package dev.sluice;

import dev.sluice.app.Sluice;
import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server in this JVM that serves one small file on listeners of its own, without an admin API if none is asked for. */
public final class RunningServer implements AutoCloseable {
    private final Sluice sluice;
    private final List<URI> addresses;

    private RunningServer(Sluice sluice) {
        this.sluice = sluice;
        this.addresses = sluice.announcement().stream()
                .map(line -> URI.create(line.substring(line.lastIndexOf(" at ") + " at ".length())))
                .toList();
    }

    /**
     * Starts one that serves {@code /a.txt}, which holds "hello" and a line end.
     *
     * @param folder for its files; relative paths of the configuration start here
     * @param listeners what stands under {@code listeners} in the configuration, in YAML; other groups may follow
     */
    public static RunningServer start(Path folder, String listeners)
            throws IOException, ConfigurationException, StartException {
        return start(folder, listeners, "[{root: site}]");
    }

    /** The same with other sites; the folder {@code ./site} has the file. */
    public static RunningServer start(Path folder, String listeners, String sites)
            throws IOException, ConfigurationException, StartException {
        return start(folder, listeners, sites, "off");
    }

    /** As the first, with an admin API. */
    public static RunningServer startWithAdmin(Path folder, String listeners)
            throws IOException, ConfigurationException, StartException {
        return start(folder, listeners, "[{root: site}]", "127.0.0.1:0");
    }

    private static RunningServer start(Path folder, String listeners, String sites, String admin)
            throws IOException, ConfigurationException, StartException {
        Path site = Files.createDirectories(folder.resolve("site"));
        Files.writeString(site.resolve("a.txt"), "hello\n");
        Path file = Files.writeString(
                folder.resolve("sluice.yaml"),
                "listeners: " + listeners + "\nadmin: {listen: '" + admin + "'}\ncache: {memory: 32MiB}\nsites: "
                        + sites + "\n");
        return new RunningServer(
                Sluice.start(new ConfigurationLoader(folder, Map.of()).load(file, List.of(), List.of())));
    }

    /** The port of one of its listeners, by its place in the configuration. */
    public int port(int listener) {
        return addresses.get(listener).getPort();
    }

    /** Where the admin API is, if there is one. */
    public URI admin() {
        return addresses.get(addresses.size() - 1);
    }

    @Override
    public void close() {
        sluice.close();
    }
}
