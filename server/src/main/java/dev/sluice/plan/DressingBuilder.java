package dev.sluice.plan;

import dev.sluice.http.ContentDisposition;
import dev.sluice.http.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what rules do with a response. */
final class DressingBuilder {
    private static final String FOR_EVER = "max-age=31536000, immutable";

    private final String fileName;
    private final List<String> noncePlaceholders;
    private final List<Action.After> edits = new ArrayList<>();
    private final List<Integer> matched = new ArrayList<>();
    private final boolean fingerprinted;
    private @Nullable String cacheControl;
    private @Nullable String disposition;
    private long bytesPerSecond;
    private Action.@Nullable Template template;

    /** Starts without any rule. */
    DressingBuilder(String fileName, @Nullable MediaType type, List<String> noncePlaceholders) {
        this.fileName = fileName;
        this.noncePlaceholders = noncePlaceholders;
        this.fingerprinted = type != null && Fingerprint.in(fileName, type);
    }

    void apply(int rule, List<Action> actions) {
        matched.add(rule);
        for (Action action : actions) {
            if (action instanceof Action.After after) {
                apply(after);
            }
        }
    }

    private void apply(Action.After action) {
        if (action instanceof Action.CacheControl cache) {
            cacheControl = cache.value();
        } else if (action instanceof Action.Download download) {
            disposition = ContentDisposition.attachment(download.fileName() == null ? fileName : download.fileName());
        } else if (action instanceof Action.LimitBandwidth limit) {
            bytesPerSecond = limit.bytesPerSecond();
        } else if (action instanceof Action.Template filled) {
            template = filled;
        } else {
            edits.add(action);
        }
    }

    /**
     * Ends.
     *
     * @param guarded whether a password is asked for: then no shared cache may keep what it let pass (RFC 9111 §3.5)
     */
    Dressing build(boolean guarded) {
        String caching = cacheControl == null ? withoutRule(guarded) : cacheControl;
        return new Dressing(edits, caching, disposition, bytesPerSecond, template, noncePlaceholders, matched);
    }

    /** A file whose name says what is in it never changes (RFC 8246). */
    private @Nullable String withoutRule(boolean guarded) {
        if (fingerprinted) {
            return (guarded ? "private, " : "public, ") + FOR_EVER;
        }
        return guarded ? "private, no-cache" : null;
    }
}
