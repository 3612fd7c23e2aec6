/**
 * The composition root: builds the server from a configuration, starts it and stops it.
 */
@NullMarked
package dev.sluice.app;

import org.jspecify.annotations.NullMarked;
