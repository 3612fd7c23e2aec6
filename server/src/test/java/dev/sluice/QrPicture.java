package dev.sluice;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a terminal as a camera sees them: each character is a cell of so many pixels, in the colours that hold there. */
public final class QrPicture {
    private static final int CELL_WIDTH = 4;
    private static final int CELL_HEIGHT = 2 * CELL_WIDTH;

    private static final Pattern PIECE = Pattern.compile("\u001b\\[([0-9;]*)m|.");
    private static final int BLACK = 0x000000;
    private static final int WHITE = 0xFFFFFF;

    /** The colours that a terminal has if nobody asks for others. */
    public enum Theme {
        DARK(WHITE, BLACK),
        LIGHT(BLACK, WHITE);

        private final int ink;
        private final int paper;

        Theme(int ink, int paper) {
            this.ink = ink;
            this.paper = paper;
        }
    }

    private final Theme theme;
    private final int width;
    private final int height;
    private final int[] pixels;

    private QrPicture(List<String> lines, Theme theme) {
        this.theme = theme;
        // One cell more on each side belongs to the terminal.
        int columns = lines.stream().mapToInt(QrPicture::columns).max().orElseThrow() + 2;
        this.width = columns * CELL_WIDTH;
        this.height = (lines.size() + 2) * CELL_HEIGHT;
        this.pixels = new int[width * height];
        Arrays.fill(pixels, theme.paper);
        for (int row = 0; row < lines.size(); row++) {
            draw(lines.get(row), row + 1);
        }
    }

    /** What a reader of QR codes finds in it, which looks for dark on light only; empty if it finds none. */
    public static Optional<String> read(List<String> lines, Theme theme) {
        QrPicture picture = new QrPicture(lines, theme);
        LuminanceSource source = new RGBLuminanceSource(picture.width, picture.height, picture.pixels);
        try {
            return Optional.of(new QRCodeReader()
                    .decode(
                            new BinaryBitmap(new HybridBinarizer(source)),
                            Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE))
                    .getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    /** How many columns a line takes. */
    public static int columns(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*m", "").length();
    }

    private void draw(String line, int row) {
        int ink = theme.ink;
        int paper = theme.paper;
        int column = 1;
        Matcher piece = PIECE.matcher(line);
        while (piece.find()) {
            String sequence = piece.group(1);
            if (sequence == null) {
                cell(column++, row, piece.group().charAt(0), ink, paper);
                continue;
            }
            ink = colour(sequence, "38;5;", sequence.equals("0") ? theme.ink : ink);
            paper = colour(sequence, "48;5;", sequence.equals("0") ? theme.paper : paper);
        }
    }

    private static int colour(String sequence, String selector, int otherwise) {
        int at = sequence.indexOf(selector);
        if (at < 0) {
            return otherwise;
        }
        return switch (sequence.substring(at + selector.length()).replaceAll(";.*", "")) {
            case "16" -> BLACK;
            case "231" -> WHITE;
            default -> throw new AssertionError("a colour that themes change: " + sequence);
        };
    }

    private void cell(int column, int row, char character, int ink, int paper) {
        boolean[] halves = switch (character) {
            case ' ' -> new boolean[] {false, false};
            case '\u2580' -> new boolean[] {true, false};
            case '\u2584' -> new boolean[] {false, true};
            case '\u2588', '#' -> new boolean[] {true, true};
            default -> throw new AssertionError("no part of a code: " + character);
        };
        for (int y = 0; y < CELL_HEIGHT; y++) {
            int from = (row * CELL_HEIGHT + y) * width + column * CELL_WIDTH;
            Arrays.fill(pixels, from, from + CELL_WIDTH, halves[y * 2 / CELL_HEIGHT] ? ink : paper);
        }
    }
}
