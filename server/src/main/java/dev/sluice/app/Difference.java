package dev.sluice.app;

import dev.sluice.config.Configuration;
import dev.sluice.config.SiteSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * In what one configuration differs from another, by the names of keys.
 *
 * @param changed what can be exchanged while the server runs: {@code sites[0]} is a site that is new or not as it was, by its
 *     place now; {@code sites} says that there are fewer of them, or that they stand in another order
 * @param unchanged the same where it does not differ
 * @param needsRestart groups that are read at the start only
 */
record Difference(List<String> changed, List<String> unchanged, List<String> needsRestart) {
    static Difference between(Configuration before, Configuration after) {
        List<String> restart = new ArrayList<>();
        List<String> same = new ArrayList<>();
        note("admin", before.admin().equals(after.admin()), same, restart);
        note("cache", before.cache().equals(after.cache()), same, restart);
        note("io", before.io().equals(after.io()), same, restart);
        note("limits", before.limits().equals(after.limits()), same, restart);
        note("accessLog", before.accessLog().equals(after.accessLog()), same, restart);
        note("calibration", before.calibration().equals(after.calibration()), same, restart);
        List<String> changed = new ArrayList<>();
        List<String> unchanged = new ArrayList<>();
        sites(before.sites(), after.sites(), unchanged, changed);
        note("listeners", before.listeners().equals(after.listeners()), unchanged, changed);
        note("compression", before.compression().equals(after.compression()), unchanged, changed);
        note("serverTiming", before.serverTiming() == after.serverTiming(), unchanged, changed);
        return new Difference(changed, unchanged, restart);
    }

    private static void note(String key, boolean same, List<String> unchanged, List<String> changed) {
        (same ? unchanged : changed).add(key);
    }

    private static void sites(
            List<SiteSettings> before, List<SiteSettings> after, List<String> unchanged, List<String> changed) {
        List<SiteSettings> kept = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            boolean same = before.contains(after.get(i));
            note("sites[" + i + "]", same, unchanged, changed);
            if (same) {
                kept.add(after.get(i));
            }
        }
        boolean listed = before.size() <= after.size()
                && before.stream().filter(after::contains).toList().equals(kept);
        note("sites", listed, new ArrayList<>(), changed);
    }
}
