/**
 * The configuration: YAML in, checked immutable records out, and errors that name file, line, column and key.
 */
@NullMarked
package dev.sluice.config;

import org.jspecify.annotations.NullMarked;
