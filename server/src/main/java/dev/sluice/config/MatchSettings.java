package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Which requests a rule is for. Every condition that is given must hold, each by one of its alternatives; a condition
 * without alternatives holds always.
 *
 * @param path globs over the whole path, canonical and decoded: {@code ?} is one character but a slash, {@code *} any
 *     number of them, {@code **} any number of characters, and a backslash takes the next character as it stands
 * @param extension what may stand behind the last dot of the path's last segment, in lower case, the case of the path
 *     being ignored
 * @param method request methods, which are case-sensitive (RFC 9110 §9.1)
 * @param type media types of the answer without parameters, in lower case; {@code text/*} and <code>*&#47;*</code> are
 *     wildcards
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MatchSettings(List<String> path, List<String> extension, List<String> method, List<String> type) {
    /** Copies the lists. */
    public MatchSettings {
        path = List.copyOf(path);
        extension = List.copyOf(extension);
        method = List.copyOf(method);
        type = List.copyOf(type);
    }

    /**
     * The rule's match that always holds.
     *
     * @return a match without conditions
     */
    public static MatchSettings always() {
        return new MatchSettings(List.of(), List.of(), List.of(), List.of());
    }
}
