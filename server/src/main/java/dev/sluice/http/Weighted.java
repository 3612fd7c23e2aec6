package dev.sluice.http;

/**
 * One element of a list with weights.
 *
 * @param name what is weighted, in lower case: token characters and {@code /}
 * @param parameters whether it has parameters besides the weight
 * @param quality the weight in thousandths, 0 to 1000
 */
record Weighted(String name, boolean parameters, int quality) {}
