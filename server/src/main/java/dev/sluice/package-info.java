/**
 * Sluice as a library: {@link dev.sluice.StaticFiles}, a handler for any Undertow application. What it reports is told in terms
 * of {@link dev.sluice.ledger.Served} and {@link dev.sluice.ledger.IoPath}, and what becomes of links by
 * {@link dev.sluice.site.SymlinkPolicy}; every other package is the server's own, and may change with each version.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
