package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders of a file that are replaced. Of the variables only the names are printed, as JSON and by
 * {@link #toString}; their values may be secrets.
 *
 * @param nonce the text that each response replaces, in the file and in {@link SecuritySettings#csp}, by a fresh base64 nonce of the same length, 12 to 64 characters of
 *     {@code A-Z a-z 0-9 _ -}; null for none
 * @param env the values of the environment variables that replace <code>${NAME}</code>, by name, as they were when the
 *     configuration was loaded
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TemplateSettings(
        @Nullable String nonce, @JsonIgnore Map<String, String> env) {
    /** Copies the map and keeps its order. */
    public TemplateSettings {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    @JsonProperty("env")
    Set<String> names() {
        return env.keySet();
    }

    @Override
    public String toString() {
        return "TemplateSettings[nonce=" + nonce + ", env=" + env.keySet() + "]";
    }
}
