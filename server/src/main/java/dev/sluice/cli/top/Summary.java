package dev.sluice.cli.top;

import java.util.List;
import java.util.Map;

/** The upper lines of the screen: what the server does as a whole, of late and since its start. */
final class Summary {
    private static final int NOW = 25;
    private static final int SINCE_START = 38;
    private static final int NAME = 41;
    private static final int VALUE = 54;
    private static final int BAR = 12;
    private static final String UNKNOWN = "-";

    private final Figures figures;

    Summary(Figures figures) {
        this.figures = figures;
    }

    List<Line> lines() {
        Figures.HotSet hotSet = figures.hotSet();
        Figures.Connections connections = figures.connections();
        return List.of(
                heading(),
                rate(
                                "requests",
                                Amounts.rate(figures.requests().perSecond()),
                                Amounts.count(figures.requests().total()))
                        .to(NAME)
                        .add("active")
                        .to(VALUE)
                        .add(Amounts.count(figures.active())),
                rate(
                                "body",
                                Amounts.bytes(figures.bytes().perSecond()),
                                Amounts.bytes(figures.bytes().total()))
                        .to(NAME)
                        .add("connections")
                        .to(VALUE)
                        .add(Amounts.count(connections.open()) + " open, "
                                + Amounts.count(connections.accepted().total()) + " accepted"),
                zeroCopy()
                        .to(NAME)
                        .add("hot set")
                        .to(VALUE)
                        .add(Amounts.count(hotSet.entries())
                                + (hotSet.entries() == 1 ? " entry, " : " entries, ")
                                + Amounts.bytes(hotSet.bytes())),
                latency("p50").to(NAME).add("of capacity").to(VALUE).add(bar(hotSet)),
                latency("p90").to(NAME).add("hit ratio").to(VALUE).add(Amounts.percent(hotSet.hitRatio())),
                latency("p99")
                        .to(NAME)
                        .add("evictions")
                        .to(VALUE)
                        .add(Amounts.rate(hotSet.evictions().perSecond()) + "/s, "
                                + Amounts.count(hotSet.evictions().total()) + " in all"),
                list("status", figures.statuses(), Style::ofStatus),
                list("fallbacks", figures.fallbacks(), name -> Style.YELLOW));
    }

    private Line heading() {
        String now = figures.sinceStart()
                ? "average"
                : "last " + Amounts.micros(figures.seconds() * 1_000_000).replaceFirst("\\.00 ", " ");
        return new Line().right(NOW, now).right(SINCE_START, "since start");
    }

    private static Line rate(String name, String now, String sinceStart) {
        return new Line().add(name).right(NOW, Style.BOLD, now + "/s").right(SINCE_START, sinceStart);
    }

    private Line zeroCopy() {
        return new Line()
                .add("zero-copy")
                .right(
                        NOW,
                        Style.BOLD,
                        figures.bytes().perSecond() > 0 ? Amounts.percent(figures.zeroCopyRatio()) : UNKNOWN)
                .right(SINCE_START, Amounts.percent(figures.zeroCopyRatioSinceStart()));
    }

    private Line latency(String quantile) {
        Quantiles recent = figures.latency();
        String sinceStart = figures.requests().total() == 0
                ? UNKNOWN
                : Amounts.micros(micros(quantile, figures.latencySinceStart()));
        return new Line()
                .add("latency " + quantile)
                .right(NOW, Style.BOLD, recent == null ? UNKNOWN : Amounts.micros(micros(quantile, recent)))
                .right(SINCE_START, sinceStart);
    }

    private static double micros(String quantile, Quantiles of) {
        return switch (quantile) {
            case "p50" -> of.p50();
            case "p90" -> of.p90();
            default -> of.p99();
        };
    }

    private static String bar(Figures.HotSet hotSet) {
        return Bar.of(hotSet.filled(), BAR) + ' ' + Amounts.bytes(hotSet.capacityBytes());
    }

    private Line list(String name, Map<String, Rate> counters, Look look) {
        Line line = new Line().add(name).to(12);
        if (counters.isEmpty()) {
            return line.add("none");
        }
        counters.forEach((counter, rate) ->
                line.add(look.of(counter), counter).add(' ' + Amounts.rate(rate.perSecond()) + "/s  "));
        return line;
    }

    private interface Look {
        Style of(String name);
    }
}
