package dev.sluice.serve;

import java.time.Duration;

/**
 * What one client may take of the server.
 *
 * @param connections open at once on one listener; more wait in the backlog
 * @param connectionsPerClient open at once by one client on all listeners; more are closed; 0 for any number
 * @param requests in flight at once, as {@link InFlight} counts them; 0 for any number
 * @param headerSize bytes of a request's head
 * @param entitySize bytes of a request's body, which a file server has no use for
 * @param handshakeTimeout from the accepted connection to the end of the TLS handshake
 * @param headTimeout from the first byte of a head to its last
 * @param idleTimeout between requests
 * @param writeTimeout how long a response may stand still
 * @param minimumRate bytes a second that a client has to take of a response, averaged over {@code writeTimeout}; 0 for none
 */
public record Limits(
        int connections,
        int connectionsPerClient,
        int requests,
        int headerSize,
        long entitySize,
        Duration handshakeTimeout,
        Duration headTimeout,
        Duration idleTimeout,
        Duration writeTimeout,
        long minimumRate) {}
