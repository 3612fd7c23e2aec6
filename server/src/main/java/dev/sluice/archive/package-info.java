/**
 * Zip archives as trees of files, each with a channel of its own onto its bytes. Knows nothing of HTTP, nor of sites.
 */
@NullMarked
package dev.sluice.archive;

import org.jspecify.annotations.NullMarked;
