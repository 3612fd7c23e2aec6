package dev.sluice.plan;

/** Why a plan has the body it has: the tokens that the ledger records and the admin API shows. */
public final class Reasons {
    /** 200 or 206 of a representation small enough for a region. */
    public static final String SMALL_BODY = "small-body";

    /** 200 or 206 of a representation too long for a region. */
    public static final String LARGE_BODY = "large-body";

    /** 200 or 206 of a file long enough to be read past the page cache. */
    public static final String HUGE_BODY = "huge-body";

    /** The body lies compressed in an archive, and is too large for a region: it is inflated while it is sent. */
    public static final String INFLATED = "inflated";

    /** 200 of a representation without a single byte. */
    public static final String EMPTY_BODY = "empty-body";

    /** 206 with several ranges in parts. */
    public static final String SEVERAL_RANGES = "several-ranges";

    /** 200 of a page with a nonce of its own. */
    public static final String TEMPLATE = "template";

    /** 200 of a page with the script of live reload in it, or of that script or its events themselves. */
    public static final String DEV = "dev";

    /** 200 of what is compressed while it is sent. */
    public static final String STREAMING_COMPRESSION = "streaming-compression";

    /** 200: what is in a directory. */
    public static final String LISTING = "listing";

    /** 200 without its body, because the request was HEAD. */
    public static final String HEAD = "head";

    /** 204: what can be done here. */
    public static final String OPTIONS = "options";

    /** 304: the client holds this representation already. */
    public static final String NOT_MODIFIED = "not-modified";

    /** 308: the resource has another path. */
    public static final String REDIRECT = "redirect";

    /** 400, 414 or 431: the request is malformed or too large. */
    public static final String REJECTED = "rejected";

    /** 401: a password is asked for, and none that is right was sent. */
    public static final String UNAUTHORIZED = "unauthorized";

    /** 403, 404 or 410: a rule denies it. */
    public static final String DENIED = "denied";

    /** 301, 302, 307 or 308: a rule says so. */
    public static final String RULE_REDIRECT = "rule-redirect";

    /** 204: what another origin may send (CORS preflight). */
    public static final String PREFLIGHT = "preflight";

    /** 406: the client takes none of the codings there are. */
    public static final String NOT_ACCEPTABLE = "not-acceptable";

    /** 421: no site has this host name. */
    public static final String MISDIRECTED = "misdirected";

    /** 429: this client asks too often. */
    public static final String RATE_LIMIT = "rate-limit";

    /** 503: a rule closes this part of the site. */
    public static final String MAINTENANCE = "maintenance";

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
