/**
 * Bytes: mapped regions, the hot set, open files, page residency. Knows nothing of HTTP.
 */
@NullMarked
package dev.sluice.io;

import org.jspecify.annotations.NullMarked;
