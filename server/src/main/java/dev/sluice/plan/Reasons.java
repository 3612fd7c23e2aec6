package dev.sluice.plan;

/** Why a plan has the body it has: the tokens that the ledger records and the admin API shows. */
public final class Reasons {
    /** 200 or 206 of a representation small enough for a region. */
    public static final String SMALL_BODY = "small-body";

    /** 200 or 206 of a representation too long for a region. */
    public static final String LARGE_BODY = "large-body";

    /** 200 of a representation without a single byte. */
    public static final String EMPTY_BODY = "empty-body";

    /** 200 with the whole, although several ranges were asked for: they are not sent in parts yet. */
    public static final String SEVERAL_RANGES = "several-ranges";

    /** 200 without its body, because the request was HEAD. */
    public static final String HEAD = "head";

    /** 204: what can be done here. */
    public static final String OPTIONS = "options";

    /** 304: the client holds this representation already. */
    public static final String NOT_MODIFIED = "not-modified";

    /** 308: the resource has another path. */
    public static final String REDIRECT = "redirect";

    /** 400: the path is malformed. */
    public static final String REJECTED = "rejected";

    /** 404: nothing to serve; the body is the site's page for it or a line of text. */
    public static final String MISSING = "missing";

    /** 405 or 501: the method is not served. */
    public static final String METHOD = "method";

    /** 412: the client did not mean this representation. */
    public static final String PRECONDITION = "precondition";

    /** 416: none of the ranges exists. */
    public static final String UNSATISFIABLE_RANGE = "unsatisfiable-range";

    /** 500: reading the facts failed. */
    public static final String FAILED = "failed";

    /** 503: too busy for the moment. */
    public static final String UNAVAILABLE = "unavailable";

    private Reasons() {}
}
