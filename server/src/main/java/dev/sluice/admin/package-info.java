/**
 * The admin API as JSON. Serves no files.
 */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
