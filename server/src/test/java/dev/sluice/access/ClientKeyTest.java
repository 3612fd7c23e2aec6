package dev.sluice.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientKeyTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8::1, 2001:db8:0:0::/64",
        "2001:db8:0:0:ffff:ffff:ffff:ffff, 2001:db8:0:0::/64",
        "2001:db8:0:1::1, 2001:db8:0:1::/64",
        "ffff:fffe:fffd:fffc::, ffff:fffe:fffd:fffc::/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::1, 0:0:0:0::/64"
    })
    void of_address_isTheAddressOrItsNetwork(String address, String key) throws UnknownHostException {
        assertEquals(key, ClientKey.of(InetAddress.getByName(address)));
    }
}
