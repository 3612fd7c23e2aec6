package dev.sluice.cli;

import dev.sluice.app.StartException;
import dev.sluice.config.Configuration;
import java.io.PrintWriter;

/** Runs a server: what is left to do once the command line is understood. */
interface Launcher {
    /**
     * Starts a server, announces it, and returns when it has stopped.
     *
     * @param configuration what to serve, and how
     * @param out where to announce it
     * @throws StartException if it cannot start
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void run(Configuration configuration, PrintWriter out) throws StartException, InterruptedException;
}
