package dev.sluice.plan;

import dev.sluice.http.HeaderFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of a site do with a response.
 *
 * @param edits of its fields, in this order, whatever its status
 * @param cacheControl what caches are told on success, or null for what they are told without rules
 * @param disposition the value of {@code Content-Disposition} on success, or null
 * @param bytesPerSecond how fast the body may be sent; 0 for as fast as it goes
 * @param template what is filled in, or null
 * @param noncePlaceholders all placeholders for nonces that the site's rules know
 * @param rules the places of the rules that matched, from 0
 */
public record Dressing(
        List<Action.After> edits,
        @Nullable String cacheControl,
        @Nullable String disposition,
        long bytesPerSecond,
        Action.@Nullable Template template,
        List<String> noncePlaceholders,
        List<Integer> rules) {
    private static final String POLICY = "Content-Security-Policy";
    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int NOT_MODIFIED = 304;

    /** Copies the lists. */
    public Dressing {
        edits = List.copyOf(edits);
        noncePlaceholders = List.copyOf(noncePlaceholders);
        rules = List.copyOf(rules);
    }

    /**
     * Dresses a response.
     *
     * @param cors what other origins may do, or null for nothing
     * @param origin the {@code Origin} of the request, or null
     */
    public Plan dress(Plan plan, @Nullable Cors cors, @Nullable String origin) {
        HeaderFields.Builder fields = HeaderFields.builder().addAll(plan.fields());
        boolean success = plan.status() >= OK && plan.status() < MULTIPLE_CHOICES;
        boolean keepable =
                !plan.reason().equals(Reasons.TEMPLATE) && !plan.reason().equals(Reasons.OPTIONS);
        if (cacheControl != null && keepable && (success || plan.status() == NOT_MODIFIED)) {
            fields.set("Cache-Control", cacheControl);
        }
        // A directory is there to be looked at, also where its files are there to be downloaded.
        if (disposition != null && success && !plan.reason().equals(Reasons.LISTING)) {
            fields.set("Content-Disposition", disposition);
        }
        String nonce = plan.body() instanceof Body.Patched patched ? patched.nonce() : null;
        // A page that the server makes knows best what it needs, and allows nothing else.
        boolean ownPolicy = plan.fields().get(POLICY).isPresent();
        edits.stream().filter(edit -> !ownPolicy || !setsPolicy(edit)).forEach(edit -> edit(fields, edit, nonce));
        HeaderFields dressed = fields.build();
        return plan.withFields(cors == null ? dressed : cors.share(dressed, origin));
    }

    private static boolean setsPolicy(Action.After edit) {
        return edit instanceof Action.SetField set && set.name().equalsIgnoreCase(POLICY);
    }

    private void edit(HeaderFields.Builder fields, Action.After edit, @Nullable String nonce) {
        if (edit instanceof Action.SetField set) {
            fields.set(set.name(), withNonce(set.value(), nonce));
        } else if (edit instanceof Action.AddField add) {
            fields.add(add.name(), withNonce(add.value(), nonce));
        } else if (edit instanceof Action.RemoveField remove) {
            fields.remove(remove.name());
        }
    }

    /**
     * A field may carry the nonce of the page: {@code Content-Security-Policy} does. Where the page has none, its source
     * expression is left out, since a nonce that everybody knows would let in whoever writes it on a script.
     */
    private String withNonce(String value, @Nullable String nonce) {
        String written = value;
        for (String placeholder : noncePlaceholders) {
            written = nonce == null
                    ? written.replace(" 'nonce-" + placeholder + '\'', "")
                    : written.replace(placeholder, nonce);
        }
        return written;
    }
}
