package dev.sluice.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptTagTest {
    private static final ScriptTag TAG = new ScriptTag("/s.js", "v-1", null);
    private static final String ELEMENT = "<script src=\"/s.js\" data-version=\"v-1\" async></script>\n";

    @ParameterizedTest
    @CsvSource({
        "<body>a</body></html>, <body>a|</body></html>",
        "<BODY>a</BODY ></HTML>, <BODY>a|</BODY ></HTML>",
        "'<script>\"</body>\"</script>b</body>', '<script>\"</body>\"</script>b|</body>'",
        "<p>a</html>, <p>a|</html>",
        "<p>a, <p>a|",
        "'', |",
        "</body, |</body"
    })
    void into_page_goesBeforeItsEnd(String page, String expected) {
        assertEquals(expected.replace("|", ELEMENT), TAG.into(page));
    }

    @Test
    void into_octets_leavesAllOthersAsTheyAre() {
        byte[] page = new byte[256];
        for (int i = 0; i < page.length; i++) {
            page[i] = (byte) i;
        }
        byte[] expected = (new String(page, ISO_8859_1) + ELEMENT).getBytes(ISO_8859_1);

        assertArrayEquals(expected, octets(TAG.into(ByteBuffer.wrap(page))));
    }

    @Test
    void into_utf16_staysAsItIs() {
        byte[] page = "<p>\u00e4</body>".getBytes(UTF_16);

        assertArrayEquals(page, octets(TAG.into(ByteBuffer.wrap(page))));
    }

    @Test
    void into_pageWithNonce_hasItInTheElement() {
        String page = new ScriptTag("/s.js", "v-1", "N").into("");

        assertEquals("<script src=\"/s.js\" data-version=\"v-1\" nonce=\"N\" async></script>\n", page);
    }

    @Test
    void into_shortOctets_areNoByteOrderMark() {
        assertEquals("a" + ELEMENT, new String(octets(TAG.into(ByteBuffer.wrap("a".getBytes(UTF_8)))), UTF_8));
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return octets;
    }
}
