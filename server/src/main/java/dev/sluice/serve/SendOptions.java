package dev.sluice.serve;

/**
 * How responses are sent.
 *
 * @param sendfileChunk how many bytes of a file one response may send before others get their turn, at least 1
 * @param serverTiming whether each response tells its planned I/O path in {@code Server-Timing}
 */
public record SendOptions(long sendfileChunk, boolean serverTiming) {}
