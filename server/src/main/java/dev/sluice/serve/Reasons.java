package dev.sluice.serve;

/** Why a response went another way than planned: the tokens that a record's {@code reason} then holds. */
final class Reasons {
    /** Every region was being read, so the file was read into memory for this response alone. */
    static final String REGIONS_BUSY = "regions-busy";

    /** The file changed after its fields had been sent; the connection was broken off. */
    static final String CHANGED = "changed";

    /** The file became shorter while it was sent; the connection was broken off. */
    static final String SHRUNK = "shrunk";

    /** The client closed the connection, or the network failed. */
    static final String CLIENT_GONE = "client-gone";

    /** The client took nothing for as long as the write timeout. */
    static final String STALLED = "stalled";

    /** The file could not be read. */
    static final String IO_ERROR = "io-error";

    private Reasons() {}
}
