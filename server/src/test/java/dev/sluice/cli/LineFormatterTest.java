package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)";

    private final LineFormatter formatter = new LineFormatter();

    @Test
    void format_message_isTimeLevelAndMessageOnOneLine() {
        LogRecord record = new LogRecord(Level.WARNING, "lost {0}\nand found");
        record.setParameters(new Object[] {"a file"});

        String line = formatter.format(record);

        assertTrue(line.matches(TIME + " WARN lost a file and found\\R"), line);
    }

    @Test
    void format_exception_tellsEachCauseAndWhereItAroseOnOneLine() {
        LogRecord record = new LogRecord(Level.SEVERE, "failed");
        record.setThrown(new IllegalStateException("outer", new IOException("inner\nline")));

        String line = formatter.format(record);

        assertEquals(1, line.lines().count());
        assertTrue(
                line.matches(TIME + " ERROR failed: java.lang.IllegalStateException: outer at \\S*LineFormatterTest\\S*"
                        + " caused by java.io.IOException: inner line at \\S*LineFormatterTest\\S*\\R"),
                line);
    }
}
