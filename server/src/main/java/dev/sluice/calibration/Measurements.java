package dev.sluice.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured: for each cell a reading a round. The n-th readings of all cells were taken in the same round, so that two
 * cells can be compared pair by pair, whatever else the machine did meanwhile.
 */
public final class Measurements {
    private final Map<Cell, List<Reading>> cells = new LinkedHashMap<>();
    private final Map<Long, List<Reading>> chunks = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds a reading of a cell. */
    public void add(Cell cell, Reading reading) {
        cells.computeIfAbsent(cell, c -> new ArrayList<>()).add(reading);
    }

    /** Adds a reading of sendfile by chunks of that many bytes. */
    public void addChunk(long chunk, Reading reading) {
        chunks.computeIfAbsent(chunk, c -> new ArrayList<>()).add(reading);
    }

    /** Adds what a reader of the results has to know, such as what could not be measured here. */
    public void note(String note) {
        notes.add(note);
    }

    /** What a reader has to know. */
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }

    /** The sizes that were measured in that state, ascending. */
    public List<Long> sizes(Cell.State state) {
        return cells.keySet().stream()
                .filter(cell -> cell.state() == state)
                .map(Cell::size)
                .distinct()
                .sorted()
                .toList();
    }

    /** The chunks that were measured, ascending. */
    public List<Long> chunkSizes() {
        return chunks.keySet().stream().sorted().toList();
    }

    /** One figure of a cell, a value a round; empty if it was not measured. */
    public double[] values(Cell cell, ToDoubleFunction<Reading> figure) {
        return cells.getOrDefault(cell, List.of()).stream().mapToDouble(figure).toArray();
    }

    /** One figure of sendfile by such chunks, a value a round. */
    public double[] chunkValues(long chunk, ToDoubleFunction<Reading> figure) {
        return chunks.getOrDefault(chunk, List.of()).stream()
                .mapToDouble(figure)
                .toArray();
    }

    /** How many rounds there were: of the cell that was measured most often. */
    public int rounds() {
        return cells.values().stream().mapToInt(List::size).max().orElse(0);
    }
}
