package dev.sluice.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox();

    /** Whatever the socket takes, the client gets each event once, and each chunk as long as it was announced. */
    @Property
    void fill_anySizes_sendsAllOctetsInOrder(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 50) Integer> sizes, @ForAll long seed) {
        Random random = new Random(seed);
        Outbox filled = new Outbox();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        byte octet = 0;
        for (int size : sizes) {
            byte[] event = new byte[size];
            Arrays.fill(event, octet++);
            assertTrue(filled.add(event));
            expected.writeBytes(event);
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        int chunkLeft = 0;
        while (!filled.isEmpty()) {
            ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(40));
            filled.fill(buffer);
            chunkLeft = chunkLeft == 0 ? buffer.remaining() : chunkLeft;
            assertTrue(buffer.remaining() <= chunkLeft, "more than the chunk that was announced");
            int taken = random.nextInt(buffer.remaining() + 1);
            sent.write(buffer.array(), 0, taken);
            filled.sent(taken);
            chunkLeft -= taken;
        }
        assertArrayEquals(expected.toByteArray(), sent.toByteArray());
    }

    @Test
    void add_moreThanItMayHold_isRefused() {
        byte[] event = new byte[1000];
        int taken = 0;
        while (outbox.add(event)) {
            taken++;
        }

        assertEquals(Outbox.MOST_BYTES / 1000, taken);
    }

    @Test
    void add_manyTinyEvents_isRefusedBeforeTheirNumberCosts() {
        byte[] event = new byte[1];
        int taken = 0;
        while (outbox.add(event)) {
            taken++;
        }

        assertEquals(8_192, taken);
    }

    @Test
    void add_oneHugeEvent_hasRoomWhereNothingElseWaits() {
        assertTrue(outbox.add(new byte[Outbox.MOST_BYTES + 1]));
        assertFalse(outbox.add(new byte[1]));
    }

    @Test
    void discard_chunkBegun_keepsWhatIsPromisedUpToTheEndOfItsEvent() {
        outbox.add("aaaa".getBytes(US_ASCII));
        outbox.add("bbbb".getBytes(US_ASCII));
        outbox.add("cccc".getBytes(US_ASCII));
        outbox.fill(ByteBuffer.allocate(6));
        outbox.sent(3);

        assertEquals(1, outbox.discard());
        outbox.append("end".getBytes(US_ASCII));

        assertEquals("abb|bbend", drain());
    }

    @Test
    void discard_eventBegunAndNothingPromised_keepsItsRest() {
        outbox.add("aaaa".getBytes(US_ASCII));
        outbox.add("bbbb".getBytes(US_ASCII));
        outbox.fill(ByteBuffer.allocate(3));
        outbox.sent(3);

        assertEquals(1, outbox.discard());

        assertEquals("a", drain());
    }

    @Test
    void discard_nothingBegun_keepsNothing() {
        outbox.add("aaaa".getBytes(US_ASCII));
        outbox.add("bbbb".getBytes(US_ASCII));

        assertEquals(2, outbox.discard());

        assertTrue(outbox.isEmpty());
    }

    private String drain() {
        StringBuilder chunks = new StringBuilder();
        while (!outbox.isEmpty()) {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            outbox.fill(buffer);
            chunks.append(chunks.isEmpty() ? "" : "|")
                    .append(new String(buffer.array(), 0, buffer.remaining(), US_ASCII));
            outbox.sent(buffer.remaining());
        }
        return chunks.toString();
    }
}
