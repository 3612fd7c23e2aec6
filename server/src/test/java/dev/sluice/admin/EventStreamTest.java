package dev.sluice.admin;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.Feed;
import dev.sluice.ledger.Ledger;
import dev.sluice.ledger.Served;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** One stream without sockets and without a clock. */
class EventStreamTest {
    private static final Pattern EVENT = Pattern.compile("event: (\\w+)\n(?:id: (\\d+)\n)?data: ([^\n]*)\n\n");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Feed feed = new Feed();
    private final Ledger ledger = new Ledger(64, served -> {});
    private final Socket socket = new Socket();
    private final EventStream.Shared shared = new EventStream.Shared(
            feed, ledger, new Events(JsonMapper.shared()), ByteBuffer.allocate(4_096), 15 * SECOND);

    private EventStream stream(int perSecond, long after) {
        EventStream stream = new EventStream(new StreamQuery(served -> true, perSecond, after), socket, shared, 0);
        stream.joined(0);
        return stream;
    }

    private EventStream stream() {
        return stream(StreamQuery.ALL, StreamQuery.NONE);
    }

    @Test
    void served_wanted_isAnEventWithItsNumber() {
        EventStream stream = stream();
        stream.served(record(7), 1);
        assertTrue(stream.turn(1));

        assertTrue(socket.text().startsWith("retry: 2000\n\nevent: request\nid: 7\ndata: {\"id\":7,"), socket.text());
        assertTrue(socket.text().endsWith("}\n\n"), socket.text());
    }

    @Test
    void served_notWanted_isNothing() {
        EventStream stream = new EventStream(
                new StreamQuery(served -> served.id() == 2, StreamQuery.ALL, StreamQuery.NONE), socket, shared, 0);
        stream.joined(0);
        stream.served(record(1), 1);
        stream.served(record(2), 1);
        stream.turn(1);

        assertEquals(List.of("request 2"), socket.events());
    }

    @Test
    void served_moreThanPerSecond_areToldOnceASecond() {
        EventStream stream = stream(2, StreamQuery.NONE);
        for (int id = 1; id <= 5; id++) {
            stream.served(record(id), 1);
            stream.turn(1);
        }
        assertEquals(List.of("request 1", "request 2"), socket.events());

        stream.turn(SECOND - 1);
        assertEquals(List.of("request 1", "request 2"), socket.events());
        stream.turn(SECOND);
        stream.served(record(6), SECOND);
        stream.turn(2 * SECOND - 1);

        assertEquals(
                List.of("request 1", "request 2", "skipped {\"records\":3,\"reason\":\"perSecond\"}", "request 6"),
                socket.events());
    }

    @Test
    void overrun_severalTimes_isToldAsOne() {
        EventStream stream = stream();
        stream.overrun(4);
        stream.overrun(5);
        stream.turn(SECOND);
        stream.turn(2 * SECOND);

        assertEquals(List.of("skipped {\"records\":9,\"reason\":\"overrun\"}"), socket.events());
    }

    @Test
    void turn_silence_isFilledWithComments() {
        EventStream stream = stream();
        stream.turn(15 * SECOND - 1);
        assertFalse(socket.text().contains(": keep-alive"));
        stream.turn(15 * SECOND);
        stream.served(record(1), 16 * SECOND);
        stream.turn(30 * SECOND);
        assertTrue(socket.text().contains("retry: 2000\n\n: keep-alive\n\nevent: request\n"), socket.text());
        assertFalse(socket.text().endsWith(": keep-alive\n\n"), socket.text());
        stream.turn(31 * SECOND);
        assertTrue(socket.text().endsWith("\n\n: keep-alive\n\n"), socket.text());
    }

    @Test
    void served_readerStuck_isDroppedWithABoundedBacklogAndANotice() {
        EventStream stream = stream();
        socket.takes = 1_000;
        int id = 0;
        while (id < 20) {
            stream.served(record(++id), 1);
        }
        while (feed.dropped() == 0) {
            stream.served(record(++id), 1);
            assertTrue(stream.turn(1));
            assertTrue(id * 200 < 4 * Outbox.MOST_BYTES, "never dropped");
        }
        for (int more = 0; more < 1_000; more++) {
            stream.served(record(++id), 2);
        }
        assertTrue(stream.turn(2));
        assertFalse(socket.ended);

        socket.takes = Integer.MAX_VALUE;
        assertTrue(stream.turn(3));

        List<String> events = socket.events();
        assertEquals(1, feed.dropped());
        assertTrue(socket.ended);
        String last = events.remove(events.size() - 1);
        assertTrue(last.startsWith("dropped {\"reason\":\"slow-reader\",\"detail\":\""), last);
        for (int i = 0; i < events.size(); i++) {
            assertEquals("request " + (i + 1), events.get(i));
        }
        assertEquals(socket.text().length(), socket.promised, "a chunk has been begun and not been ended");
    }

    @Test
    void turn_droppedAndStillStuck_isCutAfterAFewSeconds() {
        EventStream stream = stream();
        socket.takes = 0;
        for (int id = 1; feed.dropped() == 0; id++) {
            stream.served(record(id), 1);
        }
        assertTrue(stream.turn(4 * SECOND));
        assertFalse(socket.cut);

        assertFalse(stream.turn(6 * SECOND));
        assertTrue(socket.cut);
    }

    @Test
    void turn_clientGone_isForgotten() {
        EventStream stream = stream();
        socket.gone = true;
        assertFalse(stream.turn(1));
        assertTrue(socket.cut);
    }

    @Test
    void turn_writeFails_isForgotten() {
        EventStream stream = stream();
        socket.fails = true;
        assertFalse(stream.turn(1));
        assertTrue(socket.cut);
    }

    @Test
    void turn_headNotSentYet_waits() {
        EventStream stream = stream();
        socket.ready = false;
        stream.served(record(1), 1);
        assertTrue(stream.turn(1));
        assertEquals("", socket.text());
        socket.ready = true;
        assertTrue(stream.turn(2));
        assertEquals(List.of("request 1"), socket.events());
    }

    @Test
    void ending_healthyReader_getsWhatWaitsAndTheEnd() {
        EventStream stream = stream();
        stream.served(record(1), 1);
        stream.ending(SECOND);
        stream.served(record(2), 1);
        assertTrue(stream.turn(2));

        assertEquals(List.of("request 1"), socket.events());
        assertTrue(socket.ended);
        assertFalse(socket.cut);
        assertFalse(stream.turn(SECOND + 1), "a client that does not close");
        assertTrue(socket.cut);
    }

    @Test
    void joined_lastEventId_tellsWhatWasMissedAndNothingTwice() {
        keep(5);
        EventStream stream = stream(StreamQuery.ALL, 2);
        // What was recorded before it joined may be in the queue as well.
        stream.served(record(4), 1);
        stream.served(record(5), 1);
        stream.served(record(6), 1);
        stream.turn(SECOND);

        assertEquals(List.of("request 3", "request 4", "request 5", "request 6"), socket.events());
    }

    @Test
    void joined_lastEventIdOlderThanTheLedgersMemory_saysHowManyAreLost() {
        keep(100);
        EventStream stream = stream(StreamQuery.ALL, 10);
        stream.turn(SECOND);

        List<String> events = socket.events();
        assertEquals("request 37", events.get(0));
        assertEquals("request 100", events.get(63));
        assertEquals(List.of("skipped {\"records\":26,\"reason\":\"overrun\"}"), events.subList(64, events.size()));
    }

    @Test
    void joined_lastEventIdAndPerSecond_tellsTheLastOnes() {
        keep(10);
        EventStream stream = stream(3, 2);
        stream.served(record(11), 1);
        stream.turn(SECOND);

        assertEquals(
                List.of("request 8", "request 9", "request 10", "skipped {\"records\":6,\"reason\":\"perSecond\"}"),
                socket.events());
    }

    @Test
    void joined_lastEventIdOfAnotherProcess_tellsNothing() {
        keep(5);
        EventStream stream = stream(StreamQuery.ALL, 1_000_000);
        stream.turn(SECOND);

        assertEquals(List.of(), socket.events());
    }

    private void keep(int records) {
        for (int id = 1; id <= records; id++) {
            ledger.began();
            ledger.record(record(id));
        }
    }

    private static Served record(long id) {
        return sample().id(id).build();
    }

    /** A socket that takes what it is told, behind a chunk that once announced must be filled. */
    private static final class Socket implements EventSink {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int takes = Integer.MAX_VALUE;
        private int promised;
        private boolean ready = true;
        private boolean gone;
        private boolean fails;
        private boolean ended;
        private boolean cut;

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }

        List<String> events() {
            List<String> found = new ArrayList<>();
            Matcher event = EVENT.matcher(text());
            while (event.find()) {
                found.add(event.group(1) + ' ' + (event.group(2) == null ? event.group(3) : event.group(2)));
            }
            return found;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public boolean isGone() {
            return gone;
        }

        @Override
        public int write(ByteBuffer octets) throws IOException {
            if (fails) {
                throw new IOException("reset");
            }
            if (promised == taken.size()) {
                promised += octets.remaining();
            }
            int part = Math.min(Math.min(takes, octets.remaining()), promised - taken.size());
            takes = takes == Integer.MAX_VALUE ? takes : takes - part;
            for (int i = 0; i < part; i++) {
                taken.write(octets.get());
            }
            return part;
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void cut() {
            cut = true;
        }
    }
}
