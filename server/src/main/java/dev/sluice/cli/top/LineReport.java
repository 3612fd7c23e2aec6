package dev.sluice.cli.top;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** A line for each reading, as {@code vmstat} writes it: for files, pipes and terminals that can't be drawn on. */
final class LineReport implements Report {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String NONE = "-";

    private final PrintWriter out;
    private boolean begun;

    LineReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Reading reading, Figures figures) {
        if (!begun) {
            out.println(row("time", "req/s", "bytes/s", "zero-copy", "p50", "p99", "4xx/s", "5xx/s", "open", "hits"));
            begun = true;
        }
        Quantiles latency = figures.latency();
        out.println(row(
                CLOCK.format(reading.time().atZone(ZoneId.systemDefault())),
                Amounts.rate(figures.requests().perSecond()),
                packed(Amounts.bytes(figures.bytes().perSecond())),
                figures.bytes().perSecond() > 0 ? packed(Amounts.percent(figures.zeroCopyRatio())) : NONE,
                latency == null ? NONE : packed(Amounts.micros(latency.p50())),
                latency == null ? NONE : packed(Amounts.micros(latency.p99())),
                Amounts.rate(sum(figures.statuses(), '4')),
                Amounts.rate(sum(figures.statuses(), '5')),
                Amounts.count(figures.connections().open()),
                figures.hotSet().looked() > 0
                        ? packed(Amounts.percent(figures.hotSet().hitRatio()))
                        : NONE));
    }

    /** Without the blank before its unit, so that blanks separate fields alone. */
    private static String packed(String amount) {
        return amount.replace(" ", "");
    }

    private static double sum(Map<String, Rate> statuses, char first) {
        return statuses.entrySet().stream()
                .filter(status -> status.getKey().indexOf(first) == 0)
                .mapToDouble(status -> status.getValue().perSecond())
                .sum();
    }

    private static String row(String time, String... fields) {
        Line line = new Line().add(time);
        int column = 7;
        for (int i = 0; i < fields.length; i++) {
            column += i == 1 || i == 2 ? 11 : 8;
            line.add(" ").right(column, fields[i]);
        }
        return line.text(Integer.MAX_VALUE, Style.Palette.NONE);
    }
}
