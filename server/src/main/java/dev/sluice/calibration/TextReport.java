package dev.sluice.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Measurements as tables of plain text: a line a size, a column a technique. */
public final class TextReport {
    private final Measurements seen;

    /**
     * @param seen what was measured
     */
    public TextReport(Measurements seen) {
        this.seen = seen;
    }

    /** All tables, the chunks, and what has to be known of them. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Cell.State state : Cell.State.values()) {
            if (!seen.sizes(state).isEmpty()) {
                lines.addAll(tables(state));
            }
        }
        lines.addAll(chunks());
        seen.notes().forEach(note -> lines.add("note: " + note));
        return lines;
    }

    private List<String> tables(Cell.State state) {
        List<String> lines = new ArrayList<>();
        String rounds = ", " + state.label() + ", median of " + seen.rounds() + " rounds and spread";
        lines.addAll(table(
                "CPU of the sending thread, ns a byte" + rounds,
                state,
                cell -> Figure.of(perByte(cell)).textWithSpread()));
        lines.addAll(table(
                "time, µs a request" + rounds,
                state,
                cell -> Figure.of(micros(cell)).textWithSpread()));
        lines.addAll(table(
                "system calls a request, " + state.label() + ": reads + writes (a sendfile is one of each)",
                state,
                cell -> pair(cell, Reading::reads, Reading::writes)));
        lines.addAll(table(
                "context switches a request, " + state.label() + ": voluntary + involuntary",
                state,
                cell -> pair(cell, Reading::voluntary, Reading::involuntary)));
        return lines;
    }

    private double[] perByte(Cell cell) {
        return seen.values(cell, reading -> reading.cpuNanos() / cell.size());
    }

    private double[] micros(Cell cell) {
        return seen.values(cell, reading -> reading.nanos() / 1_000);
    }

    private String pair(Cell cell, ToDoubleFunction<Reading> first, ToDoubleFunction<Reading> second) {
        return Figure.of(seen.values(cell, first)).text() + " + "
                + Figure.of(seen.values(cell, second)).text();
    }

    private List<String> table(String title, Cell.State state, Function<Cell, String> text) {
        List<String> lines = new ArrayList<>();
        lines.add(title);
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%8s", "size"));
        for (Technique technique : Technique.values()) {
            head.append(String.format(Locale.ROOT, "%16s", technique.label()));
        }
        lines.add(head.toString());
        for (long size : seen.sizes(state)) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%8s", Bytes.text(size)));
            for (Technique technique : Technique.values()) {
                line.append(String.format(Locale.ROOT, "%16s", text.apply(new Cell(technique, size, state))));
            }
            lines.add(line.toString());
        }
        lines.add("");
        return lines;
    }

    private List<String> chunks() {
        List<String> lines = new ArrayList<>();
        lines.add("sendfile of a large file by chunks, warm: CPU, µs a request");
        for (long chunk : seen.chunkSizes()) {
            Figure figure = Figure.of(seen.chunkValues(chunk, reading -> reading.cpuNanos() / 1_000));
            lines.add(String.format(Locale.ROOT, "%8s%16s", Bytes.text(chunk), figure.textWithSpread()));
        }
        lines.add("");
        return lines;
    }

    /** Proposals as lines: the key, the value, how sure it is, and what was seen. */
    public static List<String> proposals(List<Proposal> proposals) {
        return proposals.stream().map(TextReport::line).toList();
    }

    private static String line(Proposal proposal) {
        String value = proposal.bytes().isPresent()
                ? Bytes.text(proposal.bytes().getAsLong()) + " (" + Math.round(proposal.confidence() * 100) + " % sure)"
                : "no proposal";
        return proposal.key() + ": " + value + ": " + proposal.finding();
    }
}
