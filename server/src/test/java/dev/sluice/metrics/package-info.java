/** Reads metrics for tests. */
package dev.sluice.metrics;
