package dev.sluice.cli.top;

import java.io.PrintWriter;

/** A reading as one page of plain text, without any control sequence. */
final class ScreenReport implements Report {
    private final Screen screen;
    private final int columns;
    private final PrintWriter out;

    ScreenReport(Screen screen, int columns, PrintWriter out) {
        this.screen = screen;
        this.columns = columns;
        this.out = out;
    }

    @Override
    public void print(Reading reading, Figures figures) {
        screen.text(reading, figures, columns).forEach(line -> out.println(line.text(columns, Style.Palette.NONE)));
    }
}
