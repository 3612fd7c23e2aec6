/** A client of HTTP/2 for tests. */
package dev.sluice.h2;
