package dev.sluice.cli;

import dev.sluice.app.Sluice;
import dev.sluice.app.StartException;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationSource;
import java.util.Set;
import java.util.function.Consumer;

/** Runs a server: what is left to do once the command line is understood. */
interface Launcher {
    /**
     * Starts a server, announces it, and returns when it has stopped.
     *
     * @param source what to serve, and how
     * @param shared ports on which another server listens, whose place it takes
     * @param announce is told of it when it listens
     * @throws ConfigurationException if that cannot be used
     * @throws StartException if it cannot start
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void run(ConfigurationSource source, Set<Integer> shared, Consumer<Sluice> announce)
            throws ConfigurationException, StartException, InterruptedException;
}
