package dev.sluice.plan;

/**
 * One decision on the way to a response, in words for a person.
 *
 * @param name what was decided, such as {@code coding}
 * @param finding what it came to and why. May quote the request: not for other clients
 */
public record Step(String name, String finding) {}
