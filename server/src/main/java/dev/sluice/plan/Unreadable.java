package dev.sluice.plan;

/** Why a request cannot be read, so that nothing can be looked up for it. */
public enum Unreadable {
    /** It does not have the form of a request (RFC 9112 §3, §5): 400. */
    MALFORMED,

    /** It has no Host, several, or one that is no host (RFC 9112 §3.2): 400. */
    HOST,

    /** Its first line takes more room than there is (RFC 9112 §3): 414. */
    LINE_TOO_LONG,

    /** Its fields take more room than there is, or are too many (RFC 6585 §5): 431. */
    FIELDS_TOO_LARGE
}
