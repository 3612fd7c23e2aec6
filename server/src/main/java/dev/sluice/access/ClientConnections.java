package dev.sluice.access;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many connections each client has open, so that none takes those of all others. What one client is, {@link ClientKey}
 * says. Thread-safe; it remembers no more clients than have connections.
 */
public final class ClientConnections {
    private final int most;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /**
     * @param most connections that a client may have open, at least 1; 0 for any number
     */
    public ClientConnections(int most) {
        this.most = most;
    }

    /**
     * Counts a connection as open, unless its client has as many as it may.
     *
     * @return whether it is counted; then {@link #leave} is to be called once
     */
    public boolean enter(InetAddress client) {
        if (most == 0) {
            return true;
        }
        String key = ClientKey.of(client);
        boolean[] entered = new boolean[1];
        open.compute(key, (same, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < most;
            return entered[0] ? before + 1 : count;
        });
        return entered[0];
    }

    /** Counts a connection as closed that had been counted as open. */
    public void leave(InetAddress client) {
        if (most != 0) {
            open.computeIfPresent(ClientKey.of(client), (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** How many clients have connections, where they are counted. */
    int clients() {
        return open.size();
    }
}
