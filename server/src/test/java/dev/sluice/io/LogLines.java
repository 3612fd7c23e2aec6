package dev.sluice.io;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged while this is open. */
public final class LogLines extends Handler implements AutoCloseable {
    private final Logger logger;
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final List<String> lines = new ArrayList<>();

    /** Starts listening to Sluice. */
    public LogLines() {
        this("sluice");
    }

    private LogLines(String logger) {
        this.logger = Logger.getLogger(logger);
        this.logger.addHandler(this);
    }

    /** Starts listening to Sluice and to all that it is built of. */
    public static LogLines ofEverybody() {
        return new LogLines("");
    }

    @Override
    public synchronized void publish(LogRecord record) {
        lines.add(formatter.formatMessage(record));
    }

    /** What it has said so far, one line each, with its parameters. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
