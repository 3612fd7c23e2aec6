package dev.sluice.serve;

import org.jspecify.annotations.Nullable;

/** What a response passes on its way to the socket, which decides what can go without a copy. */
enum Carrier {
    /** HTTP/1.1 in clear text: the kernel takes mapped memory and files as they are. */
    CLEAR(null),
    /** HTTP/1.1 over TLS: every byte is encrypted into another buffer. */
    TLS("tls"),
    /** HTTP/2, encrypted or not: every byte is put into a frame. */
    HTTP2("http2"),
    /** Something of an application that copies or changes bodies on their way, or may. */
    WRAPPED("wrapped");

    private final @Nullable String reason;

    Carrier(@Nullable String reason) {
        this.reason = reason;
    }

    /** Why bodies are copied, as a token for records; null if they need not be. */
    @Nullable
    String reason() {
        return reason;
    }

    /** Whether every byte passes through a user-space buffer, whatever was planned. */
    boolean copies() {
        return reason != null;
    }
}
