package dev.sluice.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClientConnectionsTest {
    private final ClientConnections two = new ClientConnections(2);

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @Test
    void enter_asManyAsItMay_isRefusedUntilOneLeaves() throws UnknownHostException {
        InetAddress client = address("192.0.2.1");
        assertTrue(two.enter(client));
        assertTrue(two.enter(client));
        assertFalse(two.enter(client));
        assertFalse(two.enter(client));

        two.leave(client);

        assertTrue(two.enter(client));
        assertFalse(two.enter(client));
    }

    @Test
    void enter_anotherClient_isCountedApart() throws UnknownHostException {
        two.enter(address("192.0.2.1"));
        two.enter(address("192.0.2.1"));
        assertTrue(two.enter(address("192.0.2.2")));
    }

    /** A host has a network of that size to take addresses from (RFC 6177 §2). */
    @Test
    void enter_anotherAddressOfTheSameNetworkOf64Bits_isTheSameClient() throws UnknownHostException {
        assertTrue(two.enter(address("2001:db8:0:1::1")));
        assertTrue(two.enter(address("2001:db8:0:1:ffff::2")));
        assertFalse(two.enter(address("2001:db8:0:1:0:1:2:3")));
        assertTrue(two.enter(address("2001:db8:0:2::1")));
    }

    @Test
    void leave_theLastOne_isForgotten() throws UnknownHostException {
        two.enter(address("192.0.2.1"));
        two.enter(address("2001:db8::1"));
        assertEquals(2, two.clients());

        two.leave(address("192.0.2.1"));
        two.leave(address("2001:db8::2"));

        assertEquals(0, two.clients());
    }

    @Test
    void enter_withoutABound_isNeitherRefusedNorCounted() throws UnknownHostException {
        ClientConnections any = new ClientConnections(0);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(any.enter(address("192.0.2.1")));
        }
        assertEquals(0, any.clients());
    }

    @Test
    void enter_byManyThreads_countsEachOnce() throws UnknownHostException {
        InetAddress client = address("192.0.2.1");
        ClientConnections hundred = new ClientConnections(100);
        AtomicInteger entered = new AtomicInteger();
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            if (hundred.enter(client)) {
                entered.incrementAndGet();
            }
        });
        assertEquals(100, entered.get());
    }
}
