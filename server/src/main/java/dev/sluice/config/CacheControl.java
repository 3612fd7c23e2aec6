package dev.sluice.config;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long answers may be kept by others.
 *
 * @param text the preset, duration or literal as the configuration has it
 * @param fieldValue the value of {@code Cache-Control} that it stands for (RFC 9111 §5.2, RFC 8246)
 */
public record CacheControl(@JsonValue String text, String fieldValue) {
    /** The words with a meaning of their own. */
    private static final Map<String, String> PRESETS = Map.of(
            "no-store", "no-store",
            "no-cache", "no-cache",
            "revalidate", "max-age=0, must-revalidate",
            "immutable", "public, max-age=31536000, immutable");

    private static final Duration MIN_AGE = Duration.ofSeconds(1);

    /** Ten years; far below the 68 that every cache can count (RFC 9111 §1.2.2). */
    private static final Duration MAX_AGE = Duration.ofDays(3650);

    /**
     * Reads a setting.
     *
     * @param text a preset, a duration such as {@code 1h} in whole seconds up to ten years, or a text
     *     with {@code =} or {@code ,} that is the field's value itself
     * @return the setting, or empty if the text is none of these or no field value
     */
    public static Optional<CacheControl> parse(String text) {
        @Nullable String preset = PRESETS.get(text);
        if (preset != null) {
            return Optional.of(new CacheControl(text, preset));
        }
        boolean literal = text.indexOf('=') >= 0 || text.indexOf(',') >= 0;
        if (literal) {
            return FieldSyntax.isValue(text) ? Optional.of(new CacheControl(text, text)) : Optional.empty();
        }
        return DurationText.parse(text)
                .filter(age -> age.toMillisPart() == 0 && age.compareTo(MIN_AGE) >= 0 && age.compareTo(MAX_AGE) <= 0)
                .map(age -> new CacheControl(text, "public, max-age=" + age.toSeconds()));
    }
}
