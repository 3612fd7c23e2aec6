package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;

/** The log: {@code java.util.logging}, one plain line a record, on the error stream. */
final class Logging {
    private static final String LEVELS = "logging.properties";

    private Logging() {}

    /**
     * Installs the log. To be called before any class of XNIO or Undertow is loaded, since they choose their logger
     * then. A configuration named by the JDK's own system properties is left as it is.
     *
     * @param stream where to write, normally standard error
     */
    static void install(PrintStream stream) {
        System.setProperty("org.jboss.logging.provider", "jdk");
        boolean configured = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        if (!configured) {
            setLevels();
            Logger.getLogger("").addHandler(handler(stream));
        }
    }

    /** Through the log manager, which remembers levels; a logger whose level is set directly may be collected. */
    private static void setLevels() {
        try (@Nullable InputStream in = Logging.class.getResourceAsStream(LEVELS)) {
            if (in == null) {
                throw new IOException(LEVELS + ": missing (expected: beside this class)");
            }
            LogManager.getLogManager().readConfiguration(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Handler handler(PrintStream stream) {
        Handler handler = new FlushingHandler(stream);
        handler.setLevel(Level.ALL);
        return handler;
    }

    /** A line that is still in a buffer when the process dies is the one that was needed. */
    private static final class FlushingHandler extends StreamHandler {
        FlushingHandler(PrintStream stream) {
            super(stream, new LineFormatter());
        }

        @Override
        public synchronized void publish(LogRecord record) {
            super.publish(record);
            flush();
        }
    }
}
