/**
 * The server under a mixed load for as long as one likes: every answer is checked, and afterwards nothing is left behind.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.soak;
