package dev.sluice.config;

import java.time.Duration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Prints a duration in the configuration's own notation, {@code 30s}, where Jackson alone would print {@code PT30S}. */
final class DurationSerializer extends ValueSerializer<Duration> {
    @Override
    public void serialize(Duration duration, JsonGenerator generator, SerializationContext context) {
        generator.writeString(DurationText.format(duration));
    }
}
