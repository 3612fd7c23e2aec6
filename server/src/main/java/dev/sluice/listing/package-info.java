/**
 * What is in a directory, as a page for people and as JSON for programs. Pure: entries in, text out.
 */
@NullMarked
package dev.sluice.listing;

import org.jspecify.annotations.NullMarked;
