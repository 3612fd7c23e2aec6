package dev.sluice.http;

import static dev.sluice.http.ContentCoding.BR;
import static dev.sluice.http.ContentCoding.GZIP;
import static dev.sluice.http.ContentCoding.IDENTITY;
import static dev.sluice.http.ContentCoding.ZSTD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptEncodingTest {
    private static final List<ContentCoding> ALL = List.of(BR, ZSTD, GZIP, IDENTITY);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd    | BR",
                "gzip, deflate              | GZIP",
                "deflate                    | IDENTITY",
                "''                         | IDENTITY",
                "' '                        | IDENTITY",
                "','                        | IDENTITY",
                "*                          | BR",
                "*;q=0.5                    | BR",
                "br;q=0, *                  | ZSTD",
                "gzip, *;q=0                | GZIP",
                "br;q=0.5, gzip;q=0.501     | GZIP",
                "gzip;q=0.001               | GZIP",
                "identity                   | IDENTITY",
                "identity, gzip             | GZIP",
                "identity;q=0.5, gzip;q=0.1 | IDENTITY",
                "gzip;q=0                   | IDENTITY",
                "gzip;q=0.5, *;q=0.8        | BR",
                "x-gzip                     | GZIP",
                "X-GZip;Q=0.1, IDENTITY;q=0 | GZIP",
                "\tgzip\t;\tq=0.5\t,,br;q=0 | GZIP",
            })
    void best_allAvailable_followsTheField(String field, ContentCoding best) {
        assertEquals(Optional.of(best), AcceptEncoding.parse(field).best(ALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity;q=0", "*;q=0", "deflate, *;q=0.000", "identity;q=0, *;q=0", "identity;q=0, gzip"})
    void best_identityExcludedAndNothingElse_isEmpty(String field) {
        assertEquals(Optional.empty(), AcceptEncoding.parse(field).best(List.of(BR, IDENTITY)));
    }

    @Test
    void best_starZeroButIdentityListed_isIdentity() {
        AcceptEncoding field = AcceptEncoding.parse("*;q=0, identity;q=0.2");
        assertEquals(Optional.of(IDENTITY), field.best(ALL));
        assertEquals(0, field.quality(GZIP));
    }

    @Test
    void best_starAboveAListedCoding_doesNotPreferIdentity() {
        AcceptEncoding field = AcceptEncoding.parse("gzip;q=0.5, *;q=0.8");
        assertEquals(Optional.of(GZIP), field.best(List.of(GZIP, IDENTITY)));
    }

    @Test
    void best_equalQuality_isTheFirstAvailable() {
        AcceptEncoding field = AcceptEncoding.parse("gzip;q=0.7, br;q=0.7, zstd;q=0.7");
        assertEquals(Optional.of(GZIP), field.best(List.of(GZIP, BR, ZSTD, IDENTITY)));
        assertEquals(Optional.of(ZSTD), field.best(List.of(ZSTD, GZIP, BR, IDENTITY)));
    }

    @Test
    void best_nothingAvailable_isEmpty() {
        assertEquals(Optional.empty(), AcceptEncoding.ANY.best(List.of()));
    }

    @Test
    void best_absentField_isIdentityThoughAllAreAcceptable() {
        assertEquals(Optional.of(IDENTITY), AcceptEncoding.ANY.best(ALL));
        assertEquals(Optional.of(ZSTD), AcceptEncoding.ANY.best(List.of(ZSTD)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip;q=0, gzip | 0", "gzip, gzip;q=0 | 1000", "x-gzip;q=0.3, gzip | 300", "*;q=0.4, *;q=0 | 400"})
    void quality_repeatedCoding_isTheFirst(String field, int quality) {
        assertEquals(quality, AcceptEncoding.parse(field).quality(GZIP));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0., 0",
        "0.0, 0",
        "0.000, 0",
        "0.001, 1",
        "0.05, 50",
        "0.5, 500",
        "0.999, 999",
        ".2, 200",
        "1, 1000",
        "1., 1000",
        "1.000, 1000"
    })
    void quality_weight_isInThousandths(String weight, int quality) {
        assertEquals(quality, AcceptEncoding.parse("gzip;q=" + weight).quality(GZIP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip;q=",
                "gzip;q=.",
                "gzip;q=2",
                "gzip;q=1.001",
                "gzip;q=0.0001",
                "gzip;q=1.0000",
                "gzip;q=-1",
                "gzip;q=0,5",
                "gzip;q=a",
                "gzip;q = 1",
                "gzip;q=\"1\"",
                "gzip;q",
                "gzip q=1",
                "gzip gzip",
                "gzip;q=1;q=1",
                "gzip;q=1x",
                "gzip;level=9",
                "gzip;q=1;level=9",
                ";gzip",
                "g zip",
                "gzip;=1",
                "\"gzip\"",
                "gzip=1",
                "gzip/1",
                "gz\u0131p"
            })
    void quality_malformedElement_countsAsUnlisted(String element) {
        AcceptEncoding field = AcceptEncoding.parse(element + ", br;q=0.5");
        assertEquals(0, field.quality(GZIP));
        assertEquals(500, field.quality(BR));
    }

    @Test
    void quality_semicolonWithNothingBehind_isTolerated() {
        assertEquals(1000, AcceptEncoding.parse("gzip; ;").quality(GZIP));
    }

    @Test
    void quality_quoteLeftOpen_endsAtTheNextComma() {
        assertEquals(1000, AcceptEncoding.parse("x=\"a, gzip").quality(GZIP));
    }
}
