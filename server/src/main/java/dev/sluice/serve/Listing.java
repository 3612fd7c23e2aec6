package dev.sluice.serve;

/** How a directory without an index is answered. */
public enum Listing {
    /** As missing. */
    OFF,
    /** By a page; by JSON for a client that prefers it. */
    HTML,
    /** By JSON. */
    JSON
}
