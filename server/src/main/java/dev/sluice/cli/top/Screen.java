package dev.sluice.cli.top;

import java.net.URI;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What a reading looks like as a whole. */
final class Screen {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** How much a text that may be as long as it likes shows of each list. */
    private static final int LISTED = 10;

    private final URI admin;

    /**
     * @param admin whom the figures are of
     */
    Screen(URI admin) {
        this.admin = admin;
    }

    /** All of it, one below the other. */
    List<Line> text(Reading reading, Figures figures, int columns) {
        List<Line> lines = upper(reading, figures, Tables.Order.REQUESTS, columns);
        Tables tables = new Tables(figures, Tables.Order.REQUESTS, columns);
        if (!figures.filesByRequests().isEmpty()) {
            lines.addAll(tables.files(LISTED));
        }
        if (!figures.latest().isEmpty()) {
            lines.addAll(tables.requests(LISTED));
        }
        return lines;
    }

    /**
     * As much as a screen holds; the lists share what the rest leaves.
     *
     * @param footer the last line
     */
    List<Line> screen(Reading reading, Figures figures, Tables.Order order, Size size, Line footer) {
        List<Line> lines = upper(reading, figures, order, size.columns());
        Tables tables = new Tables(figures, order, size.columns());
        int left = size.rows() - 1 - lines.size();
        boolean noFiles = figures.filesByRequests().isEmpty();
        // Headings apart, two lines of five are the files', or one in a small window.
        int files = noFiles ? 0 : Math.min(figures.filesByRequests().size(), Math.max(1, (left - 2) * 2 / 5));
        if (files > 0 && left >= 2) {
            lines.addAll(tables.files(files));
            left -= files + 1;
        }
        if (left >= 2) {
            lines.addAll(tables.requests(left - 1));
        }
        List<Line> shown = new ArrayList<>(lines.subList(0, Math.max(0, Math.min(lines.size(), size.rows() - 1))));
        while (shown.size() < size.rows() - 1) {
            shown.add(new Line());
        }
        shown.add(footer);
        return shown;
    }

    private List<Line> upper(Reading reading, Figures figures, Tables.Order order, int columns) {
        List<Line> lines = new ArrayList<>();
        Figures.Server server = figures.server();
        String up = "up " + Amounts.uptime(server.uptimeSeconds());
        lines.add(new Line()
                .add(Style.BOLD, "sluice " + server.version())
                .add(" at " + admin + "  pid " + server.pid() + "  " + up)
                .add("  ")
                .right(columns, CLOCK.format(reading.time().atZone(ZoneId.systemDefault()))));
        lines.addAll(new Summary(figures).lines());
        lines.addAll(new Tables(figures, order, columns).paths());
        return lines;
    }
}
