package dev.sluice.openapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An event of a stream (WHATWG HTML §9.2.6), as far as this server writes them: one line of each kind.
 *
 * @param name of its kind
 * @param id if it has one
 * @param data one line
 */
public record ServerSentEvent(String name, Optional<String> id, String data) {
    /** The events of the beginning of a stream; what has not ended yet is left aside, as are comments. */
    public static List<ServerSentEvent> parse(String text) {
        List<ServerSentEvent> events = new ArrayList<>();
        String whole = text.substring(0, text.lastIndexOf("\n\n") + 1);
        for (String block : whole.split("\n\n", -1)) {
            List<String> lines = block.lines().toList();
            Optional<String> data = value(lines, "data: ");
            data.ifPresent(told -> events.add(
                    new ServerSentEvent(value(lines, "event: ").orElse("message"), value(lines, "id: "), told)));
        }
        return events;
    }

    /** Reads a stream until there is enough of it, or to its end. */
    public static String read(InputStream stream, Predicate<List<ServerSentEvent>> enough) throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int octet = 0;
        while (octet >= 0 && !enough.test(parse(told.toString(StandardCharsets.UTF_8)))) {
            octet = stream.read();
            if (octet >= 0) {
                told.write(octet);
            }
        }
        return told.toString(StandardCharsets.UTF_8);
    }

    private static Optional<String> value(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()))
                .reduce((first, next) -> first + "\n" + next);
    }
}
