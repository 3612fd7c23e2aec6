package dev.sluice.config;

import java.time.Duration;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What one client, or all of them together, may take.
 *
 * @param connections the most open connections of a listener; further ones wait in the kernel's backlog
 * @param connectionsPerClient the most open connections of one client address; further ones are closed. 0 for any number
 * @param requests the most requests at once for which a file is looked for, read or sent; further ones get 503. 0 for any number
 * @param headerSize the most bytes of a request's head
 * @param handshakeTimeout how long a client may take for a TLS handshake
 * @param headerTimeout how long a client may take to send a request's head
 * @param idleTimeout how long a connection may stay open between requests
 * @param writeTimeout how long a response may wait for the client to take another byte
 * @param minimumRate bytes a second that a client has to take of a response, averaged over {@code writeTimeout}; 0 for none
 * @param shutdown how long a stopping server lets running requests finish
 */
public record LimitSettings(
        int connections,
        int connectionsPerClient,
        int requests,
        ByteSize headerSize,
        @JsonSerialize(using = DurationSerializer.class) Duration handshakeTimeout,
        @JsonSerialize(using = DurationSerializer.class) Duration headerTimeout,
        @JsonSerialize(using = DurationSerializer.class) Duration idleTimeout,
        @JsonSerialize(using = DurationSerializer.class) Duration writeTimeout,
        ByteSize minimumRate,
        @JsonSerialize(using = DurationSerializer.class) Duration shutdown) {

    /** As many {@code connections} as nobody has asked for. */
    public static final int DEFAULT_CONNECTIONS = 10_000;

    static LimitSettings defaults() {
        return new LimitSettings(
                DEFAULT_CONNECTIONS,
                5_000,
                10_000,
                ByteSize.ofKibibytes(32),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                new ByteSize(240),
                Duration.ofSeconds(30));
    }
}
