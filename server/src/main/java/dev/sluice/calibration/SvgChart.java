package dev.sluice.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measurements as a chart: the CPU time of each technique beside that of {@code copy}, which is 1, over the size; a panel for warm
 * files and one for cold ones. Both axes are logarithmic: half and double are as far from 1.
 */
public final class SvgChart {
    private static final int WIDTH = 640;
    private static final int LEFT = 56;
    private static final int PLOT = 470;
    private static final int TOP = 44;
    private static final int HEIGHT = 220;
    private static final int PANEL = 300;
    private static final double HIGHEST = 8;
    private static final double[] LINES = {0.125, 0.25, 0.5, 1, 2, 4, 8};

    private static final String STYLE = """
            text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600}.grid{stroke:#ccc}.one{stroke:#777}
            .line{fill:none;stroke-width:2}.copy{stroke:#777}.mmap{stroke:#0a7d4f}.sendfile{stroke:#1f5fc4}
            .direct{stroke:#b5540a}.cow{stroke:#8a3fb0;stroke-dasharray:5 3}.copy{stroke-dasharray:2 3}
            @media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}.one{stroke:#999}.mmap{stroke:#3fc98d}
            .sendfile{stroke:#7fb0ff}.direct{stroke:#f0964a}.cow{stroke:#cf93ee}.copy{stroke:#aaa}}""";

    private final Measurements seen;

    /**
     * @param seen what was measured
     */
    public SvgChart(Measurements seen) {
        this.seen = seen;
    }

    /** The chart as a document of its own. */
    public String text() {
        List<Cell.State> states = new ArrayList<>();
        for (Cell.State state : Cell.State.values()) {
            if (!seen.sizes(state).isEmpty()) {
                states.add(state);
            }
        }
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-labelledby=\"calibration-title\">%n",
                WIDTH,
                states.size() * PANEL + 10));
        svg.append("<title id=\"calibration-title\">CPU time of the sending thread, copy = 1</title>\n");
        svg.append("<style>").append(STYLE).append("</style>\n");
        for (int i = 0; i < states.size(); i++) {
            svg.append("<g transform=\"translate(0 ").append(i * PANEL).append(")\">\n");
            panel(svg, states.get(i));
            svg.append("</g>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, Cell.State state) {
        text(svg, LEFT, TOP - 20, "start", "title", "CPU time of the sending thread, copy = 1, " + state.label());
        for (double value : LINES) {
            String kind = value == 1 ? "one" : "grid";
            svg.append(String.format(
                    Locale.ROOT, "<path class=\"%s\" d=\"M%d %.1fH%d\"/>%n", kind, LEFT, y(value), LEFT + PLOT));
            text(
                    svg,
                    LEFT - 8,
                    y(value) + 4,
                    "end",
                    "",
                    value < 1 ? "1/" + Math.round(1 / value) : "" + Math.round(value));
        }
        List<Long> sizes = seen.sizes(state);
        for (int i = 0; i < sizes.size(); i++) {
            if (i % Math.max(1, sizes.size() / 8) == 0) {
                text(svg, x(sizes, i), TOP + HEIGHT + 18, "middle", "", Bytes.text(sizes.get(i)));
            }
        }
        double lowest = TOP;
        for (Technique technique : Technique.values()) {
            lowest = line(svg, state, sizes, technique, lowest);
        }
    }

    /** Draws a line, and its name at a height of its own beside the others. */
    private double line(StringBuilder svg, Cell.State state, List<Long> sizes, Technique technique, double lowest) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < sizes.size(); i++) {
            double[] own = cpu(technique, sizes.get(i), state);
            double[] copy = cpu(Technique.COPY, sizes.get(i), state);
            if (own.length > 0 && copy.length > 0) {
                path.append(String.format(
                        Locale.ROOT,
                        "%s%.1f %.1f",
                        path.isEmpty() ? "M" : "L",
                        x(sizes, i),
                        y(Comparison.of(own, copy).ratio())));
            }
        }
        if (path.isEmpty()) {
            return lowest;
        }
        svg.append(String.format(Locale.ROOT, "<path class=\"line %s\" d=\"%s\"/>%n", technique.label(), path));
        double height = lowest + 20;
        svg.append(String.format(
                Locale.ROOT,
                "<path class=\"line %s\" d=\"M%d %.1fh24\"/>%n",
                technique.label(),
                LEFT + PLOT + 14,
                height - 4));
        text(svg, LEFT + PLOT + 44, height, "start", "", technique.label());
        return height;
    }

    private double[] cpu(Technique technique, long size, Cell.State state) {
        return seen.values(new Cell(technique, size, state), Reading::cpuNanos);
    }

    private static double x(List<Long> sizes, int index) {
        return LEFT + (sizes.size() == 1 ? PLOT / 2.0 : (double) PLOT * index / (sizes.size() - 1));
    }

    private static double y(double ratio) {
        double bounded = Math.max(1 / HIGHEST, Math.min(HIGHEST, ratio));
        return TOP + HEIGHT / 2.0 * (1 - Math.log(bounded) / Math.log(HIGHEST));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String kind, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>%n",
                x,
                y,
                anchor,
                kind.isEmpty() ? "" : " class=\"" + kind + '"',
                text));
    }
}
