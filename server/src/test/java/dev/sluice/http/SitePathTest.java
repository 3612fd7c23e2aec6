package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SitePathTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/,                     /",
                "/a,                    /a",
                "/a/,                   /a/",
                "//a///b,               /a/b",
                "/a//,                  /a/",
                "/.,                    /",
                "/..,                   /",
                "/../../etc/passwd,     /etc/passwd",
                "/a/./b/../c,           /a/c",
                "/a/.,                  /a/",
                "/a/b/..,               /a/",
                "/a/%2e%2E/b,           /b",
                "/a/%2e,                /a/",
                "/a/...,                /a/...",
                "/.hidden/..x,          /.hidden/..x",
                "/a%2fb,                /a%2Fb",
                "/..%2f..%2fetc,        /..%2F..%2Fetc",
                "/..%5c..\\x,           /..%5C..%5Cx",
                "/%41%7e%2D,            /A~-",
                "/a b`|`c,              /a%20b%60%7C%60c",
                "/%25%32%65,            /%252e",
                "/%c3%a9,               /%C3%A9",
                "/%F0%9F%90%9F,         /%F0%9F%90%9F",
                "/x;v=1/y,              /x;v=1/y",
                "/!$&'()*+=:@,          /!$&'()*+=:@",
                "/%3b%3f%23,            /;%3F%23",
            })
    void encoded_anySpelling_isCanonical(String raw, String canonical) throws MalformedPathException {
        assertEquals(canonical, SitePath.parse(raw).encoded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "http://h/",
                "/a?b",
                "/a#b",
                "/\0",
                "/a\tb",
                "/a\r\n",
                "/\u007f",
                "/%00",
                "/a%1f",
                "/%7F",
                "/%0a",
                "/%",
                "/%4",
                "/%zz",
                "/%4g",
                "/%/41",
                "/%%41",
                "/%+1",
                "/a%4/b",
                "/\u00e9",
                "/\u00ff",
                "/\u20ac",
                "/%80",
                "/%c0%af",
                "/%c0%80",
                "/%e0%80%af",
                "/%ed%a0%80",
                "/%f4%90%80%80",
                "/%c3",
                "/%c3/%a9",
                "/%ff",
                "/a\0/..",
                "/%zz/.."
            })
    void parse_malformed_isRefused(String raw) {
        assertThrows(MalformedPathException.class, () -> SitePath.parse(raw));
    }

    @Test
    void parse_plainPath_keepsTheSameString() throws MalformedPathException {
        String raw = "/docs/index.html";
        assertSame(raw, SitePath.parse(raw).encoded());
    }

    @Test
    void segments_decoded_keepWhatDoesNotSeparate() throws MalformedPathException {
        SitePath path = SitePath.parse("/a%2Fb/c%5Cd/%C3%A9/");
        assertEquals(List.of("a/b", "c\\d", "é"), path.segments());
        assertTrue(path.directory());
    }

    @Test
    void servable_slashInSegment_isFalse() throws MalformedPathException {
        assertFalse(SitePath.parse("/a%2Fb").servable());
        assertTrue(SitePath.parse("/a%5Cb").servable());
        assertTrue(SitePath.parse("/").servable());
    }

    @Test
    void servable_slashInRemovedSegment_staysFalse() throws MalformedPathException {
        assertFalse(SitePath.parse("/a%2Fb/../c").servable());
    }

    @Test
    void equals_otherSpelling_isEqual() throws MalformedPathException {
        SitePath path = SitePath.parse("/a/b");
        assertEquals(path, SitePath.parse("//%61/./b"));
        assertEquals(path.hashCode(), SitePath.parse("//%61/./b").hashCode());
        assertNotEquals(path, SitePath.parse("/a/b/"));
        assertNotEquals(path, SitePath.parse("/a%2Fb"));
    }

    @ParameterizedTest
    @CsvSource({
        "/%C3%A9/a%20b/, '/é/a b/'",
        "/a%2Fb,         /a%2Fb",
        "/%C2%9B1m,      /%C2%9B1m",
        "/%E2%80%AEx,    /%E2%80%AEx",
        "/%E2%80%A8,     /%E2%80%A8",
        "/,              /",
    })
    void text_forPeople_escapesOnlyWhatConfuses(String raw, String text) throws MalformedPathException {
        assertEquals(text, SitePath.parse(raw).text());
    }

    @Test
    void message_hostileInput_isShortAndPrintable() {
        String raw = "/\u0000\u001b[31m\n" + "x".repeat(10_000);
        MalformedPathException e = assertThrows(MalformedPathException.class, () -> SitePath.parse(raw));
        assertAll(
                () -> assertTrue(e.getMessage().startsWith("path: \"/\\u0000\\u001b[31m\\u000ax"), e.getMessage()),
                () -> assertTrue(e.getMessage().endsWith("...\" (expected: printable ASCII only)"), e.getMessage()),
                () -> assertTrue(e.getMessage().length() < 200),
                () -> assertEquals(0, e.getStackTrace().length));
    }
}
