/**
 * {@code sluice top}: asks the admin API of a running server, and shows what it tells. Text of requests is hostile: nothing
 * of it reaches a terminal but by {@link dev.sluice.cli.top.Printable}.
 */
@NullMarked
package dev.sluice.cli.top;

import org.jspecify.annotations.NullMarked;
