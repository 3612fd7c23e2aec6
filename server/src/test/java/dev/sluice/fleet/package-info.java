/** Several packaged servers at once, behind a real HAProxy. */
package dev.sluice.fleet;
