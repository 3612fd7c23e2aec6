package dev.sluice.cli.top;

import java.util.Map;

/** How a piece of text looks; in the eight colours that every terminal has, in the shades its user chose. */
enum Style {
    PLAIN("", false),
    BOLD("1", false),
    REVERSE("7", false),
    RED("31", true),
    GREEN("32", true),
    YELLOW("33", true),
    BLUE("34", true),
    MAGENTA("35", true),
    CYAN("36", true);

    private static final String RESET = "\u001b[0m";

    private final String parameter;
    private final boolean colour;

    Style(String parameter, boolean colour) {
        this.parameter = parameter;
        this.colour = colour;
    }

    /** The text between the control sequences (ECMA-48 §8.3.117) that make it look so. */
    String around(String text, Palette palette) {
        boolean bare = parameter.isEmpty() || palette == Palette.NONE || (colour && palette == Palette.NO_COLOUR);
        return bare ? text : "\u001b[" + parameter + 'm' + text + RESET;
    }

    /** The same for an I/O path on every screen. */
    static Style ofPath(String ioPath) {
        return switch (ioPath) {
            case "mmap" -> GREEN;
            case "sendfile" -> CYAN;
            case "direct" -> BLUE;
            case "cow" -> MAGENTA;
            case "copy" -> YELLOW;
            default -> PLAIN;
        };
    }

    static Style ofStatus(String status) {
        return switch (status.isEmpty() ? ' ' : status.charAt(0)) {
            case '2' -> GREEN;
            case '3' -> CYAN;
            case '4' -> YELLOW;
            case '5' -> RED;
            default -> PLAIN;
        };
    }

    /** What of it a place can show. */
    enum Palette {
        /** No control sequence at all. */
        NONE,
        /** Bold and reverse, as on a terminal of one colour. */
        NO_COLOUR,
        /** Everything. */
        ALL;

        /** By the user's wish: {@code NO_COLOR} set to anything (no-color.org). */
        static Palette of(Map<String, String> environment) {
            return environment.getOrDefault("NO_COLOR", "").isEmpty() ? ALL : NO_COLOUR;
        }
    }
}
