package dev.sluice.plan;

import dev.sluice.http.ContentDisposition;
import dev.sluice.http.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what rules do with a response. */
final class DressingBuilder {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final String fileName;
    private final List<String> noncePlaceholders;
    private final List<Action.After> edits = new ArrayList<>();
    private final List<Integer> matched = new ArrayList<>();
    private @Nullable String cacheControl;
    private @Nullable String disposition;
    private long bytesPerSecond;
    private Action.@Nullable Template template;

    /** Starts with what holds without rules: a file whose name says what is in it never changes (RFC 8246). */
    DressingBuilder(String fileName, @Nullable MediaType type, List<String> noncePlaceholders) {
        this.fileName = fileName;
        this.noncePlaceholders = noncePlaceholders;
        this.cacheControl = type != null && Fingerprint.in(fileName, type) ? FOR_EVER : null;
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

    Dressing build() {
        return new Dressing(edits, cacheControl, disposition, bytesPerSecond, template, noncePlaceholders, matched);
    }
}
