package dev.sluice.config;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Prints, instead of a secret, that there is one. */
final class MaskSerializer extends ValueSerializer<String> {
    private static final String MASK = "***";

    @Override
    public void serialize(String secret, JsonGenerator generator, SerializationContext context) {
        generator.writeString(MASK);
    }
}
