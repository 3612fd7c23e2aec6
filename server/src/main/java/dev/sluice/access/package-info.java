/**
 * Who may: accounts with bcrypt hashes, and limits on the rate of requests by client. Knows nothing of HTTP.
 */
@NullMarked
package dev.sluice.access;

import org.jspecify.annotations.NullMarked;
