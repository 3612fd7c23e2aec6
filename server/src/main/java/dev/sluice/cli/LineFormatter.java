package dev.sluice.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log record as one line: {@code 2026-01-31T12:00:00.000+01:00 WARN message}. Of an exception it tells what
 * and where, cause by cause, instead of a stack trace: a log is read by line-oriented tools.
 */
final class LineFormatter extends Formatter {
    /** Chains of causes are short; the bound is for those that lead back to themselves. */
    private static final int MOST_CAUSES = 5;

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder()
                .append(Time.FORMAT.format(record.getInstant().atZone(ZoneId.systemDefault())))
                .append(' ')
                .append(level(record.getLevel()))
                .append(' ')
                .append(formatMessage(record));
        @Nullable Throwable thrown = record.getThrown();
        for (int i = 0; thrown != null && i < MOST_CAUSES; i++, thrown = thrown.getCause()) {
            line.append(i == 0 ? ": " : ", caused by ").append(thrown);
            StackTraceElement[] trace = thrown.getStackTrace();
            if (trace.length > 0) {
                line.append(" at ").append(trace[0]);
            }
        }
        return line.toString().replaceAll("\\s*[\\r\\n]+\\s*", " ") + System.lineSeparator();
    }

    /** Made for the first line: most starts log none. */
    private static final class Time {
        private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
