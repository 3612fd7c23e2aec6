package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes to the fields of a response. Names are tokens (RFC 9110 §5.1) spelt as the user did, and none that the server
 * owns; values are printable ASCII with inner spaces and tabs (§5.5).
 *
 * @param set fields that replace what is there, in the order of the file
 * @param add fields that go beside what is there, in the order of the file
 * @param remove names of fields that are left out
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HeaderEdits(Map<String, String> set, Map<String, String> add, List<String> remove) {
    /** Copies the collections and keeps their order. */
    public HeaderEdits {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        add = Collections.unmodifiableMap(new LinkedHashMap<>(add));
        remove = List.copyOf(remove);
    }
}
