/** Sluice in a container, built and run without an engine. */
package dev.sluice.container;
