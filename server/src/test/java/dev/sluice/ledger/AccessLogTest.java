package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.ledger.ScriptedChannel.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    /** One short line a record: its id. */
    private static final LineFormat IDS =
            (served, out) -> out.append(served.id()).append('\n');

    private final Logger logger = Logger.getLogger(LogWriter.class.getName());
    private final Messages messages = new Messages();

    @TempDir
    Path directory;

    @BeforeEach
    void listen() {
        logger.addHandler(messages);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(messages);
        logger.setUseParentHandlers(true);
    }

    @Test
    void close_recordsQueued_writesThemAllInOrder() throws IOException {
        Path file = directory.resolve("access.log");
        try (AccessLog log = AccessLog.open(file.toString(), AccessLogFormat.COMBINED)) {
            for (int i = 0; i < 1_000; i++) {
                log.accept(sample().target("/" + i).build());
            }
        }

        List<String> lines = Files.readAllLines(file);
        assertEquals(1_000, lines.size());
        for (int i = 0; i < 1_000; i++) {
            assertTrue(lines.get(i).contains("\"GET /" + i + " HTTP/1.1\""), lines.get(i));
        }
    }

    @Test
    void open_fileExists_appends() throws IOException {
        Path file = Files.writeString(directory.resolve("access.log"), "before\n");
        try (AccessLog log = AccessLog.open(file.toString(), AccessLogFormat.JSON)) {
            log.accept(sample().build());
        }

        List<String> lines = Files.readAllLines(file);
        assertEquals(2, lines.size());
        assertEquals("before", lines.get(0));
        assertTrue(lines.get(1).startsWith("{\"id\":1,"), lines.get(1));
    }

    @Test
    void accept_logOpen_isWrittenWithoutClosing() throws Exception {
        ScriptedChannel channel = new ScriptedChannel(Mood.ACCEPT, 100);
        try (AccessLog log = AccessLog.start(channel, "test", IDS, 8)) {
            log.accept(sample().id(7).build());
            channel.awaitBytes(2);
        }

        assertEquals("7\n", channel.text());
        assertFalse(channel.isOpen());
    }

    @Test
    void accept_channelTakesFewBytes_tearsNoLine() throws Exception {
        ScriptedChannel channel = new ScriptedChannel(Mood.ACCEPT, 3);
        try (AccessLog log = AccessLog.start(channel, "test", IDS, 8)) {
            log.accept(sample().id(12345).build());
            log.accept(sample().id(67890).build());
        }

        assertEquals("12345\n67890\n", channel.text());
    }

    @Test
    void accept_queueFullWhileTheWriteHangs_dropsAndNeverBlocks() throws Exception {
        ScriptedChannel channel = new ScriptedChannel(Mood.HANG, 100);
        try (AccessLog log = AccessLog.start(channel, "test", IDS, 4)) {
            log.accept(sample().id(0).build());
            channel.awaitAttempts(1);
            for (int id = 1; id <= 10; id++) {
                log.accept(sample().id(id).build());
            }
            assertEquals(6, log.dropped());
            channel.mood(Mood.ACCEPT);
        }

        assertEquals("0\n1\n2\n3\n4\n", channel.text());
    }

    @Test
    void accept_diskFullForAWhile_warnsOnceCountsDropsAndGoesOn() throws Exception {
        ScriptedChannel channel = new ScriptedChannel(Mood.FAIL, 100);
        try (AccessLog log = AccessLog.start(channel, "test", IDS, 4)) {
            log.accept(sample().id(0).build());
            channel.awaitAttempts(3);
            for (int id = 1; id <= 10; id++) {
                log.accept(sample().id(id).build());
            }
            assertEquals(6, log.dropped());
            assertEquals(1, messages.count(Level.WARNING));

            channel.mood(Mood.ACCEPT);
            channel.awaitBytes(10);

            assertEquals("0\n1\n2\n3\n4\n", channel.text());
            channel.mood(Mood.FAIL);
            log.accept(sample().id(11).build());
            channel.awaitAttempts(6);
            channel.mood(Mood.ACCEPT);
            channel.awaitBytes(13);
        }

        assertEquals("0\n1\n2\n3\n4\n11\n", channel.text());
        assertEquals(2, messages.count(Level.WARNING), "one warning an outage");
        assertTrue(messages.text(0).contains("No space left on device"), messages.text(0));
    }

    @Test
    void close_diskStillFull_givesUpAtOnceAndCountsTheRest() throws Exception {
        ScriptedChannel channel = new ScriptedChannel(Mood.FAIL, 100);
        AccessLog log = AccessLog.start(channel, "test", IDS, 4);
        log.accept(sample().id(0).build());
        channel.awaitAttempts(1);
        log.accept(sample().id(1).build());

        log.close();

        assertEquals(2, log.dropped());
        assertEquals("", channel.text());
    }

    @Test
    void close_channelStalls_waitsForIt() throws Exception {
        ScriptedChannel channel = new ScriptedChannel(Mood.STALL, 100);
        AccessLog log = AccessLog.start(channel, "test", IDS, 4);
        log.accept(sample().id(5).build());
        channel.awaitAttempts(1);
        Thread closer = new Thread(log::close);
        closer.start();
        channel.awaitAttempts(5);

        channel.mood(Mood.ACCEPT);
        closer.join();

        assertEquals("5\n", channel.text());
        assertEquals(0, log.dropped());
        assertEquals(0, messages.count(Level.WARNING), "a full pipe is no failure");
    }

    @Test
    void accept_closed_dropsTheRecord() {
        ScriptedChannel channel = new ScriptedChannel(Mood.ACCEPT, 100);
        AccessLog log = AccessLog.start(channel, "test", IDS, 4);
        log.close();

        log.accept(sample().build());

        assertEquals(1, log.dropped());
        assertEquals("", channel.text());
    }

    @Test
    @EnabledIf("hasFullDevice")
    void close_realFullDevice_countsEveryLine() throws IOException {
        AccessLog log = AccessLog.open("/dev/full", AccessLogFormat.COMBINED);
        for (int i = 0; i < 10; i++) {
            log.accept(sample().build());
        }
        log.close();

        assertEquals(10, log.dropped());
        assertEquals(1, messages.count(Level.WARNING));
    }

    @Test
    void open_noDirectory_saysSo() {
        String file = directory.resolve("missing/access.log").toString();

        Exception e = assertThrows(IOException.class, () -> AccessLog.open(file, AccessLogFormat.COMBINED));

        assertEquals("access log " + file + ": its directory does not exist", e.getMessage());
    }

    @Test
    void open_aDirectory_saysSo() {
        Exception e =
                assertThrows(IOException.class, () -> AccessLog.open(directory.toString(), AccessLogFormat.COMBINED));

        assertEquals("access log " + directory + ": cannot open: Is a directory", e.getMessage());
    }

    @Test
    void open_noFileName_saysSo() {
        Exception e = assertThrows(IOException.class, () -> AccessLog.open("a\0b", AccessLogFormat.COMBINED));

        assertTrue(e.getMessage().startsWith("access log: not a file name: "), e.getMessage());
    }

    static boolean hasFullDevice() {
        return Files.isWritable(Path.of("/dev/full"));
    }

    /** Keeps what is logged. */
    private static final class Messages extends Handler {
        private final List<LogRecord> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        long count(Level level) {
            return records.stream()
                    .filter(record -> record.getLevel().equals(level))
                    .count();
        }

        String text(int index) {
            return MessageFormat.format(
                    records.get(index).getMessage(), records.get(index).getParameters());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
