package dev.sluice.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class PrintableTest {
    @Test
    void of_hostileText_isPercentEncoded() {
        assertEquals("/index.html", Printable.of("/index.html"));
        assertEquals("/a%20b~ ", Printable.of("/a%20b~ "));
        assertEquals("/%1B[2J", Printable.of("/\u001b[2J"));
        assertEquals("/%9B2J", Printable.of("/\u009b2J"));
        assertEquals("/%7F%00%0D%0A%09", Printable.of("/\u007f\u0000\r\n\t"));
        assertEquals("/%C3%BC", Printable.of("/\u00c3\u00bc"));
        assertEquals("/%E4%B8%AD", Printable.of("/\u4e2d"));
        assertEquals("/e%CC%81", Printable.of("/e\u0301"));
        assertEquals("/%F0%9F%98%80", Printable.of("/\ud83d\ude00"));
        assertEquals("/%E2%80%AE", Printable.of("/\u202e"));
        assertEquals("/%3F", Printable.of("/\ud800"));
    }

    @Property
    void of_anyText_isPrintableAscii(@ForAll String text) {
        assertTrue(Printable.of(text).chars().allMatch(c -> c >= 0x20 && c <= 0x7e));
    }
}
