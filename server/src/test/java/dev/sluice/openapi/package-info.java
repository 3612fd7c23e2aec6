/** The admin API's description as tests read it, and what of an answer it does not cover. */
package dev.sluice.openapi;
