/**
 * What happened: one record a response, totals, latencies. Costs the hot path about a hundred nanoseconds.
 */
@NullMarked
package dev.sluice.ledger;

import org.jspecify.annotations.NullMarked;
