package dev.sluice.app;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The addresses by which other machines can reach this one. */
final class MachineAddresses {
    private static final Comparator<InetAddress> IPV4_FIRST =
            Comparator.comparing(address -> !(address instanceof Inet4Address));

    private static final Comparator<InetAddress> BY_OCTETS =
            (one, other) -> Arrays.compareUnsigned(one.getAddress(), other.getAddress());

    private MachineAddresses() {}

    /**
     * Asks the system for those of the interfaces that are up.
     *
     * @return those that others can use, in an order that stays while the interfaces do
     * @throws SocketException if the system does not tell
     */
    static List<InetAddress> current() throws SocketException {
        List<NetworkInterface> interfaces = Collections.list(NetworkInterface.getNetworkInterfaces());
        interfaces.sort(Comparator.comparingInt(NetworkInterface::getIndex));
        List<InetAddress> all = new ArrayList<>();
        for (NetworkInterface each : interfaces) {
            if (each.isUp()) {
                each.inetAddresses().sorted(BY_OCTETS).forEach(all::add);
            }
        }
        return usable(all);
    }

    /**
     * Leaves out what means this machine only. Link-local addresses of IPv4 (RFC 3927), as two machines on one cable give
     * themselves, are better than none; those of IPv6 need a zone, which no browser takes.
     *
     * @param all addresses, those of one interface together
     * @return those that others can use: the IPv4 ones first, as they are in every network and easier to type
     */
    static List<InetAddress> usable(List<InetAddress> all) {
        List<InetAddress> others = all.stream()
                .filter(address ->
                        !address.isLoopbackAddress() && !address.isAnyLocalAddress() && !address.isMulticastAddress())
                .sorted(IPV4_FIRST)
                .toList();
        List<InetAddress> routed =
                others.stream().filter(address -> !address.isLinkLocalAddress()).toList();
        return routed.isEmpty()
                ? others.stream().filter(Inet4Address.class::isInstance).toList()
                : routed;
    }
}
