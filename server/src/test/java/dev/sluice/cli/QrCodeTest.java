package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.QrPicture;
import dev.sluice.QrPicture.Theme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTest {
    private static final String URL = "http://192.168.178.23:8080/";

    @ParameterizedTest
    @CsvSource({
        "BLACK_ON_WHITE_BLOCKS, DARK",
        "BLACK_ON_WHITE_BLOCKS, LIGHT",
        "BLACK_ON_WHITE_ASCII, DARK",
        "BLACK_ON_WHITE_ASCII, LIGHT",
        "BLOCKS, DARK",
        "ASCII, DARK"
    })
    void drawn_readFromATerminal_isTheText(QrDrawing drawing, Theme theme) {
        assertEquals(Optional.of(URL), QrPicture.read(QrCode.of(URL).drawn(drawing), theme));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://10.0.0.1/", "https://[fd00:0:0:0:1234:5678:9abc:def0]:65535/", "http://127.0.0.1:8080/"})
    void drawn_anyUrl_isRead(String url) {
        assertEquals(
                Optional.of(url), QrPicture.read(QrCode.of(url).drawn(QrDrawing.BLACK_ON_WHITE_BLOCKS), Theme.DARK));
    }

    @ParameterizedTest
    @EnumSource
    void drawn_everyLine_isAsWideAsTheCode(QrDrawing drawing) {
        QrCode code = QrCode.of(URL);
        int characters = drawing.rowsInALine() == 2 ? code.size() : 2 * code.size();

        List<String> lines = code.drawn(drawing);

        assertEquals((code.size() + drawing.rowsInALine() - 1) / drawing.rowsInALine(), lines.size());
        lines.forEach(line -> assertEquals(characters, QrPicture.columns(line)));
    }

    @Test
    void drawn_usualUrl_fitsATerminalOf80Columns() {
        QrCode code = QrCode.of("http://255.255.255.255:65535/");

        for (QrDrawing drawing : QrDrawing.values()) {
            assertTrue(QrPicture.columns(code.drawn(drawing).get(0)) <= 80, drawing.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"BLACK_ON_WHITE_ASCII", "ASCII"})
    void drawn_withoutBlocks_isAscii(QrDrawing drawing) {
        for (String line : QrCode.of(URL).drawn(drawing)) {
            assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(line), line);
        }
    }

    @Test
    void isDark_aroundTheCode_isNowhere() {
        QrCode code = QrCode.of(URL);
        int last = code.size() - 1;

        for (int along = 0; along <= last; along++) {
            for (int in = 0; in < QrCode.QUIET; in++) {
                assertFalse(code.isDark(along, in));
                assertFalse(code.isDark(along, last - in));
                assertFalse(code.isDark(in, along));
                assertFalse(code.isDark(last - in, along));
            }
        }
        assertTrue(code.isDark(QrCode.QUIET, QrCode.QUIET), "the corner of the finder pattern");
    }

    @Test
    void of_longerThanACode_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> QrCode.of("x".repeat(3000)));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, BLACK_ON_WHITE_BLOCKS",
        "true, false, BLOCKS",
        "false, true, BLACK_ON_WHITE_ASCII",
        "false, false, ASCII"
    })
    void drawing_ofWhatATerminalCan_usesIt(boolean blocks, boolean colours, QrDrawing expected) {
        assertEquals(expected, QrDrawing.of(blocks, colours));
    }
}
