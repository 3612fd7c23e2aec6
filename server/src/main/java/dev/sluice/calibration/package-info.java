/**
 * Measures on this machine and file system what each way from a file to a socket costs, and proposes from it where the lines
 * between them are to be drawn. Knows nothing of HTTP but the length of a head.
 */
@NullMarked
package dev.sluice.calibration;

import org.jspecify.annotations.NullMarked;
