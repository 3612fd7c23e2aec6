package dev.sluice.app;

import dev.sluice.serve.Listener;
import dev.sluice.serve.Transport;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The URLs of a listener.
 *
 * @param scheme {@code http} or {@code https}
 * @param bound where it listens
 */
record ListenerUrls(String scheme, InetSocketAddress bound) {
    static ListenerUrls of(Transport transport, Listener listener) {
        return new ListenerUrls(transport instanceof Transport.Tls ? "https" : "http", listener.address());
    }

    /** The one of the address that it is bound to. */
    String own() {
        return at(bound.getAddress());
    }

    /** One that a browser on this machine can open. */
    String onThisMachine() {
        return isEverywhere() ? at(InetAddress.getLoopbackAddress()) : own();
    }

    /** Whether it listens at every address of this machine. */
    boolean isEverywhere() {
        return bound.getAddress().isAnyLocalAddress();
    }

    /**
     * Those by which other machines reach it, if it listens everywhere.
     *
     * <p>Where the system has IPv6, the JDK binds {@code 0.0.0.0} as it binds {@code ::}, for both families, unless it was told
     * not to ({@code java.net.preferIPv4Stack}).
     *
     * @param addresses of this machine
     * @return as many in the same order; none if it is bound to one address
     */
    List<String> elsewhere(List<InetAddress> addresses) {
        boolean both = !(bound.getAddress() instanceof Inet4Address);
        return isEverywhere()
                ? addresses.stream()
                        .filter(address -> both || address instanceof Inet4Address)
                        .map(this::at)
                        .toList()
                : List.of();
    }

    private String at(InetAddress address) {
        String host = withoutZone(address).getHostAddress();
        return scheme + "://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + bound.getPort() + '/';
    }

    /** The zone of an IPv6 address means something on this machine only, and URLs have no room for it (WHATWG URL §3.5). */
    private static InetAddress withoutZone(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(address + " is neither 4 nor 16 octets long", e);
        }
    }
}
