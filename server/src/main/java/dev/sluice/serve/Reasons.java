package dev.sluice.serve;

/** What only the one who sends can tell: the tokens that a record's {@code reason} then holds. */
final class Reasons {
    /** Every region was being read, so the file was read into memory for this response alone. */
    static final String REGIONS_BUSY = "regions-busy";

    /** The regions are full, and the file was not asked for twice within the window: it was read for this response alone. */
    static final String NOT_ADMITTED = "not-admitted";

    /** All private views of a page were taken, so it was copied to be patched. */
    static final String NO_PRIVATE_VIEW = "no-private-view";

    /** The site is served to its author, for whom nothing is held. */
    static final String DEV = dev.sluice.plan.Reasons.DEV;

    /** The body is a single byte of a large file, which is the one that is always copied. */
    static final String SINGLE_BYTE = "single-byte";

    /** The file system does not let the file be read past the page cache. */
    static final String DIRECT_REFUSED = "direct-refused";

    /** Part of the file was not in the page cache, so that it was sent as the disk brought it. */
    static final String NOT_RESIDENT = "not-resident";

    /** More large files were waiting for their disks than can wait. */
    static final String DISK_BUSY = "disk-busy";

    /** The file changed after its fields had been sent; the connection was broken off. */
    static final String CHANGED = "changed";

    /** The file became shorter while it was sent; the connection was broken off. */
    static final String SHRUNK = "shrunk";

    /** The client closed the connection, or the network failed. */
    static final String CLIENT_GONE = "client-gone";

    /** The client took nothing for as long as the write timeout. */
    static final String STALLED = "stalled";

    /** The client took less than the minimum rate. */
    static final String TOO_SLOW = "too-slow";

    /** The file could not be read. */
    static final String IO_ERROR = "io-error";

    /** The directory of the site could not be opened. */
    static final String ROOT_ABSENT = "root-absent";

    /** This process, or the system, has as many files open as it may. */
    static final String OUT_OF_DESCRIPTORS = "out-of-descriptors";

    /** As many requests were in flight as may be. */
    static final String REQUEST_LIMIT = "request-limit";

    /** The file kept changing for as long as the request was kept waiting. */
    static final String UNSETTLED = "unsettled";

    /** The file that answers this path is guarded by a rule on its own path that this path does not fall under. */
    static final String GUARDED = "guarded-file";

    /** A rule has placeholders filled in, but the file is too large to be held in memory. */
    static final String TEMPLATE_TOO_LARGE = "template-too-large";

    /** The directory to be listed was deleted between two looks at it. */
    static final String DIRECTORY_GONE = "directory-gone";

    /** The memory set aside for listings is taken by others. */
    static final String LISTINGS_BUSY = "listings-busy";

    /** The directory has more names than the memory set aside for listings can hold. */
    static final String LISTING_TOO_LARGE = "listing-too-large";

    /** No site is served under this host. */
    static final String UNKNOWN_HOST = "unknown-host";

    /** The Host field holds no host. */
    static final String MALFORMED_HOST = "malformed-host";

    /** The path is not one (RFC 3986), or names no text. */
    static final String MALFORMED_PATH = "malformed-path";

    /** The path or the query holds what a URI cannot hold. */
    static final String MALFORMED_TARGET = "malformed-target";

    /** It is in doubt where the request ends. */
    static final String FRAMING = "framing";

    /** Undertow's parser answered by itself. */
    static final String REFUSED_BY_PARSER = "refused-by-parser";

    /** The handler was closed while it was answering; the connection was broken off. */
    static final String CLOSED = "closed";

    /** A fault of ours, which is in the log. */
    static final String INTERNAL_ERROR = "internal-error";

    private Reasons() {}
}
