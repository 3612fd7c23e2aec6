package dev.sluice.site;

/** What becomes of a path whose last slash is missing, or is one too many. */
public enum TrailingSlash {
    /** A directory has a slash: {@code /dir} is sent to {@code /dir/}. */
    ADD,
    /** Nothing has a slash: {@code /dir/} is sent to {@code /dir}, where the index is served. */
    REMOVE,
    /** Both are answered. */
    KEEP
}
