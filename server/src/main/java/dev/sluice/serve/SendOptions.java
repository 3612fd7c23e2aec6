package dev.sluice.serve;

/**
 * How responses are sent.
 *
 * @param sendfileChunk how many bytes of a file one response may send before others get their turn, at least 1
 */
public record SendOptions(long sendfileChunk) {}
