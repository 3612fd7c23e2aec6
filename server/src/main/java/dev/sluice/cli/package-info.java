/**
 * The command line, one file for each command.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
