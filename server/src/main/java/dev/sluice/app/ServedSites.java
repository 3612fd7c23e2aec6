package dev.sluice.app;

import dev.sluice.config.Configuration;
import dev.sluice.config.SiteSettings;
import dev.sluice.http.HostTable;
import dev.sluice.serve.Edition;
import dev.sluice.serve.ServedSite;
import dev.sluice.serve.SiteTable;
import dev.sluice.serve.Storage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sites of a configuration, as they are served. They are told apart by their first hosts, which no two share, and which name
 * them in the records.
 */
final class ServedSites {
    private final Configuration configuration;
    private final Storage storage;
    private final Map<String, Built> byName;
    private final Edition edition;

    /** A site, and what it was made of. */
    private record Built(SiteSettings settings, ServedSite site) {}

    private ServedSites(Configuration configuration, Storage storage, Map<String, Built> byName) {
        this.configuration = configuration;
        this.storage = storage;
        this.byName = byName;
        HostTable.Builder<ServedSite> table = HostTable.builder();
        for (SiteSettings settings : configuration.sites()) {
            ServedSite site = built(byName, settings).site();
            settings.hosts().forEach(host -> table.add(host, site));
        }
        this.edition = new Edition(new SiteTable(table.build()), configuration.serverTiming());
    }

    private static Built built(Map<String, Built> byName, SiteSettings settings) {
        Built built = byName.get(name(settings));
        if (built == null) {
            throw new IllegalStateException("site: " + name(settings) + " (expected: one that was built)");
        }
        return built;
    }

    private static String name(SiteSettings settings) {
        return settings.hosts().get(0);
    }

    /** All of them, made anew. */
    static ServedSites of(Configuration configuration, Storage storage) {
        return make(configuration, storage, null);
    }

    /** Those of another configuration: where nothing but the further hosts of a site differs, the same site. */
    ServedSites next(Configuration changed) {
        return make(changed, storage, this);
    }

    private static ServedSites make(Configuration configuration, Storage storage, @Nullable ServedSites before) {
        SiteBuilder builder = new SiteBuilder(configuration.compression(), storage);
        Map<String, Built> byName = new HashMap<>();
        boolean complete = false;
        try {
            for (SiteSettings settings : configuration.sites()) {
                ServedSite same = before == null ? null : before.same(settings, configuration);
                byName.put(name(settings), new Built(settings, same == null ? builder.build(settings) : same));
            }
            ServedSites sites = new ServedSites(configuration, storage, byName);
            complete = true;
            return sites;
        } finally {
            if (!complete) {
                retire(byName, before == null ? Map.of() : before.byName);
            }
        }
    }

    private @Nullable ServedSite same(SiteSettings settings, Configuration changed) {
        Built built = byName.get(name(settings));
        boolean same = built != null
                && built.settings().under(settings.hosts()).equals(settings)
                && configuration.compression().equals(changed.compression());
        return built == null || !same ? null : built.site();
    }

    private static void retire(Map<String, Built> sites, Map<String, Built> others) {
        sites.forEach((name, built) -> {
            Built other = others.get(name);
            if (other == null || other.site().content() != built.site().content()) {
                built.site().content().retire();
            }
        });
    }

    /** Lets go of all that is kept for those that others have taken the place of. Those must be the ones that are served now. */
    void retire(ServedSites successors) {
        retire(byName, successors.byName);
        storage.releaseWatches();
    }

    /** Ends what goes on until somebody ends it. */
    void endStreams() {
        byName.values().forEach(built -> built.site().content().endStreams());
    }

    Configuration configuration() {
        return configuration;
    }

    /** What a server serves that serves them. */
    Edition edition() {
        return edition;
    }
}
