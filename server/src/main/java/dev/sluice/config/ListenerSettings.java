package dev.sluice.config;

/**
 * One address on which sites are served.
 *
 * @param host the address or name to bind
 * @param port the TCP port, 0 to 65535; 0 lets the system pick a free one
 */
public record ListenerSettings(Host host, int port) {
    static ListenerSettings defaults() {
        return new ListenerSettings(new Host("127.0.0.1"), 8080);
    }
}
