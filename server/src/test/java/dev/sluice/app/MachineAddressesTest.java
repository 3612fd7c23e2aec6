package dev.sluice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineAddressesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    127.0.0.1 ::1                            |
                    127.0.0.1 192.168.1.5                    | 192.168.1.5
                    fd00::2 fe80::1 192.0.2.2                | 192.0.2.2 fd00:0:0:0:0:0:0:2
                    10.0.0.7 192.168.1.5 172.17.0.1          | 10.0.0.7 192.168.1.5 172.17.0.1
                    169.254.3.4 192.168.1.5                  | 192.168.1.5
                    169.254.3.4 2001:db8::1                  | 2001:db8:0:0:0:0:0:1
                    169.254.3.4 fe80::1 127.0.0.1            | 169.254.3.4
                    fe80::1                                  |
                    0.0.0.0 :: 224.0.0.1 ff02::1 203.0.113.9 | 203.0.113.9
                    """)
    void usable_addresses_areThoseThatOthersReach(String all, String expected) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : all.split(" ", -1)) {
            addresses.add(InetAddress.getByName(address));
        }

        assertEquals(
                expected == null ? List.of() : List.of(expected.split(" ")),
                MachineAddresses.usable(addresses).stream()
                        .map(InetAddress::getHostAddress)
                        .toList());
    }

    @Test
    void current_askedTwice_isTheSame() throws Exception {
        List<InetAddress> first = MachineAddresses.current();

        assertEquals(first, MachineAddresses.current());
        assertFalse(first.stream().anyMatch(InetAddress::isLoopbackAddress));
    }
}
