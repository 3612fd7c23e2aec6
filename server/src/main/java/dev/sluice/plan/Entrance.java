package dev.sluice.plan;

import dev.sluice.http.SitePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of a site say of a request before anybody looks for a file.
 *
 * @param path what to look for: the requested path, or what it is rewritten to
 * @param gates what has to be passed first, in this order
 * @param end the answer if no file is to be looked for: a redirect or a refusal; else null
 * @param cors what other origins may do, or null for nothing
 * @param rules the places of the rules that matched, from 0
 */
public record Entrance(
        SitePath path,
        List<Gate> gates,
        @Nullable Plan end,
        @Nullable Cors cors,
        List<Integer> rules) {
    /** Copies the lists. */
    public Entrance {
        gates = List.copyOf(gates);
        rules = List.copyOf(rules);
    }

    /** Whether every client may pass, and gets the same answer. */
    public boolean open() {
        return gates.isEmpty() && end == null && (cors == null || cors.constant());
    }

    /** Whether one who has come in by another entrance may not come in here: it is denied, or takes another password. */
    public boolean guardedBeyond(Entrance other) {
        boolean denied = end != null && end.reason().equals(Reasons.DENIED);
        return denied || gates.stream().anyMatch(gate -> gate instanceof Gate.Password && !other.gates.contains(gate));
    }
}
