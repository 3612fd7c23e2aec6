package dev.sluice.site;

/** What becomes of symbolic links below a site's root. The root itself may always be one. */
public enum SymlinkPolicy {
    /** Followed while they stay inside the root; one that leads outside is not there. */
    INSIDE,
    /** Not followed: as if they were not there. */
    NEVER,
    /** Followed wherever they lead. */
    ALWAYS
}
