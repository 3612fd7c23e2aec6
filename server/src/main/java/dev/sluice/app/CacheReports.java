package dev.sluice.app;

import dev.sluice.admin.CacheContents;
import dev.sluice.admin.CacheFigures;
import dev.sluice.admin.CachePort;
import dev.sluice.io.RegionFigures;
import dev.sluice.serve.HotSets;
import dev.sluice.serve.Storage;
import dev.sluice.serve.WarmStartFigures;
import java.util.List;
import java.util.Locale;

/** The hot set as the admin API shows it. */
final class CacheReports implements CachePort {
    private final Storage storage;

    CacheReports(Storage storage) {
        this.storage = storage;
    }

    CacheFigures figures() {
        Storage.HotSetFigures now = storage.figures();
        return new CacheFigures(
                now.entries(),
                now.bytes(),
                now.capacityBytes(),
                now.hits(),
                now.misses(),
                now.admissions(),
                now.evictions());
    }

    @Override
    public CacheContents contents(int limit) {
        Storage.HotSetFigures now = storage.figures();
        List<RegionFigures> regions = storage.regions();
        long filled = regions.stream().mapToLong(RegionFigures::bytes).sum();
        long live = regions.stream().mapToLong(RegionFigures::liveBytes).sum();
        return new CacheContents(
                now.capacityBytes(),
                storage.regionBytes(),
                filled,
                live,
                filled - live,
                regions.stream().map(CacheReports::region).toList(),
                warmStart(),
                now.entries(),
                storage.hotSets().mostUsed(limit).stream()
                        .map(CacheReports::entry)
                        .toList());
    }

    @Override
    public List<CacheContents.Region> regions() {
        return storage.regions().stream().map(CacheReports::region).toList();
    }

    private CacheContents.WarmStart warmStart() {
        WarmStartFigures now = storage.warmStart();
        return new CacheContents.WarmStart(now.found(), now.claimed(), now.damaged(), now.complete());
    }

    private static CacheContents.Region region(RegionFigures region) {
        return new CacheContents.Region(
                region.number(),
                region.generation(),
                region.bytes(),
                region.liveBytes(),
                region.bodies(),
                region.leases(),
                region.heat(),
                region.state().name().toLowerCase(Locale.ROOT));
    }

    private static CacheContents.Entry entry(HotSets.HeldFile file) {
        return new CacheContents.Entry(
                file.path(), file.bytes(), file.coded(), file.uses(), file.region(), file.ageMillis());
    }

    @Override
    public int purge(String path) {
        if (path.endsWith("*")) {
            String beginning = path.substring(0, path.length() - 1);
            String prefix = SiteBuilder.path(beginning).encoded();
            return storage.hotSets().purge(key -> key.startsWith(prefix));
        }
        return storage.hotSets().purge(SiteBuilder.path(path).encoded()::equals);
    }
}
