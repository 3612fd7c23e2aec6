/**
 * The file system turned into facts: which file a path names, and what is known of it. Decides no status.
 */
@NullMarked
package dev.sluice.site;

import org.jspecify.annotations.NullMarked;
