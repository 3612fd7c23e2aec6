package dev.sluice.config;

import org.jspecify.annotations.Nullable;

/**
 * What {@code sluice calibrate} found on this machine and wrote down: the values of the keys of the same names, where those say
 * {@code auto}.
 *
 * @param maxFileSize for {@code cache.maxFileSize}; null if it found no reason for any
 * @param sendfileChunk for {@code io.sendfileChunk}; null likewise
 * @param directMinSize for {@code io.directMinSize}; null likewise, which then means off
 */
public record CalibrationSettings(
        @Nullable ByteSize maxFileSize,
        @Nullable ByteSize sendfileChunk,
        @Nullable ByteSize directMinSize) {
    static CalibrationSettings none() {
        return new CalibrationSettings(null, null, null);
    }
}
