/**
 * The Undertow edge: reads the exchange, carries out the plan, one writer for each I/O path. Decides no policy.
 */
@NullMarked
package dev.sluice.serve;

import org.jspecify.annotations.NullMarked;
