package dev.sluice.cli.top;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** The lists below the summary: a heading, then a line each. */
final class Tables {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int PATH_NAME = 10;
    private static final int LEAST_BAR = 6;

    private final Figures figures;
    private final Order order;
    private final int columns;

    Tables(Figures figures, Order order, int columns) {
        this.figures = figures;
        this.order = order;
        this.columns = columns;
    }

    /** The I/O paths that carried something since the start. */
    List<Line> paths() {
        List<Line> lines = new ArrayList<>();
        lines.add(heading(new Line()
                .add("I/O path")
                .to(PATH_NAME)
                .add("share of " + order.word())
                .right(columns - 33, "req/s")
                .right(columns - 21, "bytes/s")
                .right(columns - 10, "requests")
                .right(columns, "bytes")));
        for (Figures.Path path : figures.paths()) {
            if (path.requests().total() > 0) {
                lines.add(path(path));
            }
        }
        if (lines.size() == 1) {
            lines.add(new Line().add("nothing served yet"));
        }
        return lines;
    }

    private Line path(Figures.Path path) {
        Rate part = order == Order.BYTES ? path.bytes() : path.requests();
        double share = part.share(order == Order.BYTES ? figures.bytes() : figures.requests());
        int bar = columns - 53 - PATH_NAME;
        Line line = new Line().add(Style.ofPath(path.name()), path.name()).to(PATH_NAME);
        if (bar >= LEAST_BAR) {
            line.add(Style.ofPath(path.name()), Bar.of(share, bar));
        }
        return line.right(columns - 44, Amounts.percent(share))
                .right(columns - 33, Amounts.rate(path.requests().perSecond()))
                .right(columns - 21, Amounts.bytes(path.bytes().perSecond()))
                .right(columns - 10, Amounts.count(path.requests().total()))
                .right(columns, Amounts.bytes(path.bytes().total()));
    }

    /** The files most asked for, so many at most. */
    List<Line> files(int most) {
        List<Line> lines = new ArrayList<>();
        lines.add(heading(new Line()
                .right(10, "requests")
                .right(21, "bytes")
                .to(23)
                .add("top files by " + order.word() + ", since start")));
        List<Figures.File> files = order == Order.BYTES ? figures.filesByBytes() : figures.filesByRequests();
        files.stream()
                .limit(most)
                .forEach(file -> lines.add(new Line()
                        .right(10, Amounts.count(file.requests()))
                        .right(21, Amounts.bytes(file.bytes()))
                        .to(23)
                        .add(file.name())));
        return lines;
    }

    /** The latest requests, newest first, so many at most. */
    List<Line> requests(int most) {
        List<Line> lines = new ArrayList<>();
        lines.add(heading(new Line()
                .add("time")
                .to(9)
                .add("status")
                .to(16)
                .add("I/O path")
                .right(33, "bytes")
                .right(42, "took")
                .to(44)
                .add("latest requests (!: not as planned)")));
        figures.latest().stream().limit(most).forEach(request -> lines.add(request(request)));
        return lines;
    }

    private static Line request(Figures.Request request) {
        return new Line()
                .add(clock(request.time()))
                .to(9)
                .add(Style.ofStatus(request.status()), request.status())
                .to(16)
                .add(Style.ofPath(request.ioPath()), request.ioPath())
                .right(33, Amounts.bytes(request.bytes()))
                .right(42, Amounts.micros(request.micros()))
                .add(request.unplanned() ? Style.RED : Style.PLAIN, request.unplanned() ? "!" : " ")
                .to(44)
                .add(request.target());
    }

    private static String clock(String time) {
        try {
            return CLOCK.format(Instant.parse(time).atZone(ZoneId.systemDefault()));
        } catch (DateTimeParseException e) {
            return "-";
        }
    }

    private Line heading(Line line) {
        return new Line()
                .add(Style.REVERSE, line.to(columns).text(columns, Style.Palette.NONE))
                .to(columns);
    }

    /** By what lists are sorted and bars are measured. */
    enum Order {
        REQUESTS,
        BYTES;

        String word() {
            return this == BYTES ? "bytes" : "requests";
        }

        Order other() {
            return this == BYTES ? REQUESTS : BYTES;
        }
    }
}
