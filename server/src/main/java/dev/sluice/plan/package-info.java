/**
 * Pure decisions: a request and the facts about its target in, status, fields and body out. No I/O, no clock, no
 * Undertow; imports only {@code http}.
 */
@NullMarked
package dev.sluice.plan;

import org.jspecify.annotations.NullMarked;
