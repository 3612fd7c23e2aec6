/**
 * The server from outside: each class one feature, on a server with its own site, by requests and by what the admin API
 * then says of them.
 */
package dev.sluice.e2e;
