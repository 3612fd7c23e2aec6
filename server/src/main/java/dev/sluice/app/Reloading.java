package dev.sluice.app;

import dev.sluice.admin.ReloadPort;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationSource;
import dev.sluice.serve.Serving;
import dev.sluice.serve.Storage;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration again and exchanges what is served, as a whole, or leaves everything as it is. Sites whose settings are
 * as they were stay the same, with all that they hold. Reloads at the same time take turns. Blocking: not for I/O threads.
 */
final class Reloading implements ReloadPort {
    private static final Logger LOG = Logger.getLogger("sluice");

    private final @Nullable ConfigurationSource source;
    private final Serving serving;
    private final Object turn = new Object();
    private volatile @Nullable Listeners listeners;
    private volatile ServedSites sites;
    private int generation = 1;

    /**
     * @param first what is served at first
     * @param source where later configurations come from, or null if there will be none
     */
    Reloading(Configuration first, Storage storage, @Nullable ConfigurationSource source) {
        this.source = source;
        this.sites = ServedSites.of(first, storage);
        this.serving = new Serving(sites.edition());
    }

    /** Has the listeners, once they are open, changed with the rest. */
    void attach(Listeners opened) {
        listeners = opened;
    }

    /** What is served now. */
    Serving serving() {
        return serving;
    }

    /** The configuration that is in effect. */
    Configuration configuration() {
        return sites.configuration();
    }

    /** Ends what goes on until somebody ends it, for a server that is about to stop. */
    void endStreams() {
        sites.endStreams();
    }

    @Override
    public Outcome reload() {
        synchronized (turn) {
            Outcome outcome = source == null ? new NothingToRead() : reload(source);
            log(outcome);
            return outcome;
        }
    }

    private Outcome reload(ConfigurationSource from) {
        try {
            return take(from.load());
        } catch (ConfigurationException e) {
            return new Faulty(e.problems());
        }
    }

    private Outcome take(Configuration next) {
        Difference difference = Difference.between(configuration(), next);
        if (!difference.needsRestart().isEmpty()) {
            return new NeedsRestart(difference.needsRestart());
        }
        if (!difference.changed().isEmpty()) {
            try {
                exchange(next);
            } catch (StartException e) {
                return new Faulty(List.of(String.valueOf(e.getMessage())));
            }
        }
        return new Reloaded(generation, difference.changed(), difference.unchanged());
    }

    /** What can fail comes first: to open listeners, and to make sites. */
    private void exchange(Configuration next) throws StartException {
        CacheRegions.warnOf(next);
        Listeners opened = listeners;
        Listeners.@Nullable Change change = opened == null ? null : opened.change(next.listeners());
        boolean complete = false;
        try {
            ServedSites before = sites;
            ServedSites after = before.next(next);
            serving.exchange(after.edition());
            sites = after;
            generation++;
            complete = true;
            before.retire(after);
        } finally {
            if (change != null) {
                if (complete) {
                    change.commit();
                } else {
                    change.cancel();
                }
            }
        }
    }

    private static void log(Outcome outcome) {
        if (outcome instanceof Reloaded done) {
            String what = done.changed().isEmpty() ? "nothing" : String.join(", ", done.changed());
            LOG.log(Level.INFO, "configuration reloaded: generation {0}, changed: {1}", new Object[] {
                done.generation(), what
            });
        } else {
            LOG.log(Level.WARNING, "configuration not reloaded, the old one stays: {0}", why(outcome));
        }
    }

    private static String why(Outcome outcome) {
        if (outcome instanceof Faulty faulty) {
            List<String> problems = faulty.problems();
            int others = problems.size() - 1;
            return problems.get(0) + (others == 0 ? "" : " (and " + others + " more)");
        }
        return outcome instanceof NeedsRestart restart
                ? String.join(", ", restart.groups()) + " cannot be changed while the server runs"
                : "there is nothing that it could be read from";
    }
}
