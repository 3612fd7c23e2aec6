/** Tests of zip archives, and what makes them. */
package dev.sluice.archive;
