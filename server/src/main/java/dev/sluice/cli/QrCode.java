package dev.sluice.cli;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A QR code (ISO/IEC 18004). Nothing else knows the library that makes it, so that this is loaded for those who ask for a code,
 * and for nobody else.
 */
final class QrCode {
    /** Light modules that must stand on each side (ISO/IEC 18004 §6.3.8). */
    static final int QUIET = 4;

    private final ByteMatrix modules;

    private QrCode(ByteMatrix modules) {
        this.modules = modules;
    }

    /**
     * Makes the code of a text.
     *
     * @throws IllegalArgumentException if it is empty or longer than a code can be (some 2,300 octets)
     */
    static QrCode of(String text) {
        try {
            return new QrCode(Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix());
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code of \"" + text + "\": " + e.getMessage(), e);
        }
    }

    /** How many modules it is wide and high, with the quiet zone. */
    int size() {
        return modules.getWidth() + 2 * QUIET;
    }

    /** Whether a module is dark; those around the code are light. */
    boolean isDark(int column, int row) {
        int x = column - QUIET;
        int y = row - QUIET;
        return x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight() && modules.get(x, y) == 1;
    }

    /** The lines of a drawing of it. */
    List<String> drawn(QrDrawing drawing) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < size(); row += drawing.rowsInALine()) {
            StringBuilder line = new StringBuilder(drawing.begin());
            for (int column = 0; column < size(); column++) {
                line.append(drawing.cell(isDark(column, row), isDark(column, row + 1)));
            }
            lines.add(line.append(drawing.end()).toString());
        }
        return lines;
    }
}
