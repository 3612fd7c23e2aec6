package dev.sluice.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** What counts as one client. */
public final class ClientKey {
    private ClientKey() {}

    /**
     * The client that an address belongs to: an IPv4 address by itself, an IPv6 address by its first 64 bits, since a
     * household or a host is given at least those (RFC 6177 §2) and could come from a new address with every request.
     *
     * @return such as {@code 192.0.2.1} or {@code 2001:db8:0:1::/64}; an IPv4 address mapped into IPv6 (RFC 4291
     *     §2.5.5.2) is the IPv4 address, as {@link InetAddress} has it
     */
    public static String of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        StringBuilder key = new StringBuilder(24);
        for (int group = 0; group < 4; group++) {
            key.append(Integer.toHexString(Short.toUnsignedInt(bytes.getShort())))
                    .append(':');
        }
        return key.append(":/64").toString();
    }
}
