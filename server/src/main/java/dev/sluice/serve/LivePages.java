package dev.sluice.serve;

import dev.sluice.http.MediaType;
import dev.sluice.http.SitePath;
import dev.sluice.plan.Action;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Entrance;
import dev.sluice.plan.Lookup;
import dev.sluice.site.Resolution;
import dev.sluice.site.Resolver;
import dev.sluice.site.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the pages of a site that is served to its author, each for one response, and has them load the script of live reload. */
final class LivePages {
    /** A larger page is sent as the file that it is. */
    private static final int LARGEST = 8 << 20;

    private final LiveReload live;
    private final Resolver resolver;
    private final Finder finder;
    private final Representations representations;

    LivePages(LiveReload live, Resolver resolver, Finder finder, Representations representations) {
        this.live = live;
        this.resolver = resolver;
        this.finder = finder;
        this.representations = representations;
    }

    /**
     * Reads a page, or a file in which something is filled in. Blocking.
     *
     * @param path that was asked for
     * @param entrance what the rules say of it
     * @param file settled
     * @return the page; that it is unsettled if it changed meanwhile; or null if the file is to be sent as it is
     */
    @Nullable
    Loaded read(SitePath path, Entrance entrance, Resolution.File file) throws IOException {
        Dressing dressing = finder.dressing(path, file);
        MediaType type = representations.type(file);
        boolean page = type.essence().equals("text/html");
        Action.Template filled = dressing.template();
        if ((!page && filled == null) || file.facts().size() > LARGEST) {
            return null;
        }
        // Before the last look at the file: whatever changes after that look is told under a later version.
        String version = live.version();
        ByteBuffer content = ByteBuffer.allocate((int) file.facts().size());
        boolean whole = RegionReader.fill(content, file.channel());
        Version now = whole ? resolver.examine(entrance.path()) : null;
        if (now == null || !file.version().isIn(now)) {
            return Loaded.Unsettled.INSTANCE;
        }
        ByteBuffer own = filled == null ? content.flip() : Placeholders.fill(content.flip(), filled.env());
        String nonce = filled == null ? null : filled.nonce();
        ByteBuffer made = page ? live.script(version, nonce).into(own) : own;
        return made(made, type, nonce, dressing);
    }

    private static Loaded made(ByteBuffer page, MediaType type, @Nullable String nonce, Dressing dressing) {
        Source source = new Source.FromMemory(page, Reasons.DEV);
        if (nonce == null) {
            return new Loaded.Made(new Lookup.Made(page.remaining(), type), source, dressing);
        }
        Template template = Template.in(page.duplicate(), nonce);
        return new Loaded.Made(template.lookup(type), new Source.FromTemplate(template, source), dressing);
    }
}
