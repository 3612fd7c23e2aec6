package dev.sluice.cli.top;

import java.util.ArrayList;
import java.util.List;

/** A line of text in several styles, in the making. All of it is printable ASCII, so that columns can be counted. */
final class Line {
    private final List<Piece> pieces = new ArrayList<>();
    private int width;

    /** Appends text, made printable. */
    Line add(Style style, String text) {
        String printable = Printable.of(text);
        pieces.add(new Piece(style, printable));
        width += printable.length();
        return this;
    }

    Line add(String text) {
        return add(Style.PLAIN, text);
    }

    /** Appends text that ends in that column, or later if it is too long for that. */
    Line right(int column, Style style, String text) {
        String printable = Printable.of(text);
        return to(column - printable.length()).add(style, printable);
    }

    Line right(int column, String text) {
        return right(column, Style.PLAIN, text);
    }

    /** Goes on in that column, counted from 0, or where it is if that lies behind it. */
    Line to(int column) {
        return column > width ? add(" ".repeat(column - width)) : this;
    }

    /** The text, cut off after so many columns, without blanks at its end that have no style. */
    String text(int columns, Style.Palette palette) {
        StringBuilder text = new StringBuilder();
        int left = columns;
        for (Piece piece : pieces) {
            String shown = piece.text.substring(0, Math.min(left, piece.text.length()));
            left -= shown.length();
            if (!shown.isEmpty()) {
                text.append(piece.style.around(shown, palette));
            }
        }
        return text.toString().stripTrailing();
    }

    private record Piece(Style style, String text) {}
}
