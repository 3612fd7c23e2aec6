package dev.sluice.app;

import dev.sluice.config.Configuration;
import java.util.List;

/** A running server. A placeholder for the command line to compile against. */
public final class Sluice {
    private final Configuration configuration;

    private Sluice(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Starts a server.
     *
     * @param configuration what to serve, and how
     * @return the running server
     * @throws StartException if it cannot start
     */
    public static Sluice start(Configuration configuration) throws StartException {
        return new Sluice(configuration);
    }

    /**
     * What to print on start.
     *
     * @return one line for each listener
     */
    public List<String> announcement() {
        return List.of("sluice: serving " + configuration.sites().get(0).root().text());
    }

    /**
     * Waits until the server has stopped.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void awaitTermination() throws InterruptedException {}
}
