package dev.sluice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerUrlsTest {
    private static ListenerUrls at(String host) {
        return new ListenerUrls("http", new InetSocketAddress(host, 8080));
    }

    private static List<InetAddress> addresses() throws UnknownHostException {
        InetAddress six = InetAddress.getByName("fd00::2");
        return List.of(InetAddress.getByName("192.0.2.2"), Inet6Address.getByAddress(null, six.getAddress(), 3));
    }

    @Test
    void elsewhere_ofTheWildcardOfIpv6_isEveryAddressWithoutZone() throws UnknownHostException {
        assertEquals(
                List.of("http://192.0.2.2:8080/", "http://[fd00:0:0:0:0:0:0:2]:8080/"),
                at("::").elsewhere(addresses()));
    }

    @Test
    void elsewhere_ofTheWildcardOfIpv4_isEveryAddressOfIpv4() throws UnknownHostException {
        assertEquals(List.of("http://192.0.2.2:8080/"), at("0.0.0.0").elsewhere(addresses()));
    }

    @Test
    void elsewhere_ofOneAddress_isNone() throws UnknownHostException {
        assertEquals(List.of(), at("127.0.0.1").elsewhere(addresses()));
        assertEquals(List.of(), at("192.0.2.2").elsewhere(addresses()));
    }

    @Test
    void own_ofIpv6_hasBrackets() {
        assertEquals("http://[fd00:0:0:0:0:0:0:2]:8080/", at("fd00::2").own());
    }
}
