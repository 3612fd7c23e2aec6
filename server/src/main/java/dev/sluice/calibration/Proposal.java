package dev.sluice.calibration;

import java.util.OptionalLong;

/**
 * Where a line is to be drawn.
 *
 * @param key of the configuration
 * @param bytes the value; empty if what was seen is no reason for any
 * @param confidence of what it rests on, 0.5 to 1; 0 if there is no value
 * @param finding what was seen, in a sentence
 */
public record Proposal(String key, OptionalLong bytes, double confidence, String finding) {
    static Proposal none(String key, String finding) {
        return new Proposal(key, OptionalLong.empty(), 0, finding);
    }
}
