package dev.sluice.config;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * Why and where a text is not YAML. Jackson's own location is that of the last good token, and its message spans lines;
 * the parser beneath it, SnakeYAML Engine, knows better.
 *
 * @param line from 1
 * @param column from 1
 * @param reason one line
 */
record SyntaxFault(int line, int column, String reason) {
    static SyntaxFault of(JacksonException e, String text) {
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            @Nullable Mark mark = marked.getProblemMark().orElse(null);
            if (mark != null) {
                return new SyntaxFault(mark.getLine() + 1, mark.getColumn() + 1, oneLine(marked.getProblem()));
            }
        }
        if (e.getCause() instanceof ReaderException unprintable) {
            return unprintable(unprintable.getCodePoint(), text);
        }
        @Nullable TokenStreamLocation location = e.getLocation();
        int line = location == null ? 1 : Math.max(1, location.getLineNr());
        int column = location == null ? 1 : Math.max(1, location.getColumnNr());
        return new SyntaxFault(line, column, oneLine(e.getOriginalMessage()));
    }

    /** The engine counts from the start of its buffer; but the first such character is the one it stumbled over. */
    private static SyntaxFault unprintable(int codePoint, String text) {
        int index = Math.max(0, text.indexOf(codePoint));
        int line = 1
                + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
        int column = index - text.lastIndexOf('\n', Math.max(0, index - 1));
        return new SyntaxFault(line, column, String.format("the control character U+%04X", codePoint));
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "unreadable" : message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
