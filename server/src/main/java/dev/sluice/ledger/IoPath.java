package dev.sluice.ledger;

import java.util.Locale;

/** The mechanism that carried a response's body from the file to the socket. */
public enum IoPath {
    /** Bytes of a mapped region handed straight to write or writev: no copy in user space. */
    MMAP,
    /** {@code FileChannel.transferTo} reaching sendfile(2): no copy in user space. */
    SENDFILE,
    /** O_DIRECT reads into aligned buffers, then write: past the page cache. */
    DIRECT,
    /** A private copy-on-write mapping, patched for this response: only the touched pages are copied. */
    COW,
    /** Bytes passed through an ordinary user-space buffer: TLS, HTTP/2, generated bodies, streaming compression. */
    COPY,
    /** No body: 304, HEAD, 204, redirects without one. */
    NONE;

    private final String label;

    IoPath() {
        this.label = name().toLowerCase(Locale.ROOT);
    }

    /**
     * The name used in JSON, logs and header fields.
     *
     * @return the lower-case name, such as {@code sendfile}
     */
    public String label() {
        return label;
    }
}
