package dev.sluice.serve;

/** What the hot set had of a response (RFC 9211 §2). */
enum CacheStatus {
    /** All of it. */
    HIT("sluice; hit"),
    /** Nothing, but it has it now. */
    STORED("sluice; fwd=miss; stored"),
    /** Nothing, and no region had room. */
    MISS("sluice; fwd=miss"),
    /** It was not asked: large files and what is made for one response alone are never held. */
    BYPASS("sluice; fwd=bypass");

    private final String value;

    CacheStatus(String value) {
        this.value = value;
    }

    /** The value of the field. */
    String value() {
        return value;
    }
}
