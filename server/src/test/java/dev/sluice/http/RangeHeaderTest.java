package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.http.Ranges.Satisfiable;
import dev.sluice.http.Ranges.Unsatisfiable;
import dev.sluice.http.Ranges.Whole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RangeHeaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0           | 0-0",
                "bytes=0-9           | 0-9",
                "BYTES=2-5           | 2-5",
                "bytes=2-            | 2-9",
                "bytes=9-            | 9-9",
                "bytes=2-99          | 2-9",
                "bytes=-3            | 7-9",
                "bytes=-10           | 0-9",
                "bytes=-99           | 0-9",
                "bytes=-99999999999999999999999 | 0-9",
                "bytes=1-99999999999999999999999 | 1-9",
                "bytes=0000000000000000000000001-2 | 1-2",
                "bytes=1-2, ,  5-6   | 1-2 5-6",
                "bytes= 1-2\t,5-6    | 1-2 5-6",
                "bytes=5-6,1-2       | 5-6 1-2",
                "bytes=0-3,2-5       | 0-5",
                "bytes=5-6,0-1,7-8   | 5-8 0-1",
                "bytes=0-1,2-3       | 0-3",
                "bytes=2-3,0-1       | 0-3",
                "bytes=0-1,8-9,2-7   | 0-9",
                "bytes=8-9,0-1,2-7   | 0-9",
                "bytes=0-1,50-60     | 0-1",
                "bytes=-0,1-1        | 1-1",
            })
    void resolve_tenBytes_givesTheRanges(String value, String expected) {
        List<ByteRange> ranges = Pattern.compile("(\\d+)-(\\d+)")
                .matcher(expected)
                .results()
                .map(ends -> new ByteRange(Long.parseLong(ends.group(1)), Long.parseLong(ends.group(2))))
                .toList();
        assertEquals(
                new Satisfiable(ranges), RangeHeader.parse(value).orElseThrow().resolve(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999-", "bytes=10-11,-0"})
    void resolve_nothingThere_isUnsatisfiable(String value) {
        assertEquals(new Unsatisfiable(), RangeHeader.parse(value).orElseThrow().resolve(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-9,0-0", "bytes=0-,0-", "bytes=0-5,3-9", "bytes=-10,-1"})
    void resolve_moreBytesThanThereAre_isWhole(String value) {
        assertEquals(new Whole(), RangeHeader.parse(value).orElseThrow().resolve(10));
    }

    @ParameterizedTest
    @CsvSource({"bytes=-5, true", "'bytes=0-,-1', true", "bytes=0-, false", "bytes=0-0, false", "bytes=-0, false"})
    void resolve_emptyFile_isWholeForASuffixOnly(String value, boolean whole) {
        assertEquals(
                whole ? new Whole() : new Unsatisfiable(),
                RangeHeader.parse(value).orElseThrow().resolve(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "bytes=2-1",
                "bytes=1-2-3",
                "bytes=1 -2",
                "bytes=1- 2",
                "bytes =1-2",
                "bytes=1-2;3-4",
                "bytes=1-2 3-4",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=0-1,x",
                "bytes=0-1,5-4",
                "bytes=0x1-2",
                "items=0-1",
                "lines=1-2",
                "bytes=1-2, bytes=3-4",
                "bytes=\u0661-\u0662",
                " bytes=0-1"
            })
    void parse_unknownOrMalformed_isIgnored(String value) {
        assertTrue(RangeHeader.parse(value).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void resolve_manyElements_areServedUpToAHundred(int count, boolean served) {
        String value = IntStream.range(0, count)
                .mapToObj(i -> 3 * i + "-" + 3 * i)
                .collect(Collectors.joining(",", "bytes=", ""));
        Ranges ranges = RangeHeader.parse(value).orElseThrow().resolve(1000);
        assertEquals(served, ranges instanceof Satisfiable some && some.ranges().size() == count);
        assertEquals(!served, ranges.equals(new Whole()));
    }

    @Test
    void resolve_hugeFile_doesNotOverflow() {
        long length = Long.MAX_VALUE;
        assertEquals(
                new Satisfiable(List.of(new ByteRange(length - 2, length - 1))),
                RangeHeader.parse("bytes=-2").orElseThrow().resolve(length));
        assertEquals(new Whole(), RangeHeader.parse("bytes=0-,0-").orElseThrow().resolve(length));
    }

    @Test
    void byteRange_values_areAsInTheField() {
        ByteRange range = new ByteRange(42, 1233);
        assertEquals("bytes 42-1233/1234", range.contentRange(1234));
        assertEquals(1192, range.length());
        assertThrows(IllegalArgumentException.class, () -> new ByteRange(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new ByteRange(1, 0));
    }
}
