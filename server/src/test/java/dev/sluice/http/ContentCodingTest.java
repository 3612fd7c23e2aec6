package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentCodingTest {
    @ParameterizedTest
    @CsvSource({"BR, br, .br", "ZSTD, zstd, .zst", "GZIP, gzip, .gz", "IDENTITY, identity, ''"})
    void token_eachCoding_goesWithItsExtension(ContentCoding coding, String token, String extension) {
        assertEquals(token, coding.token());
        assertEquals(extension, coding.extension());
    }

    @ParameterizedTest
    @EnumSource
    void of_ownToken_isTheCodingInAnyCase(ContentCoding coding) {
        assertEquals(Optional.of(coding), ContentCoding.of(coding.token()));
        assertEquals(Optional.of(coding), ContentCoding.of(coding.token().toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-gzip", "X-GZIP"})
    void of_oldName_isGzip(String token) {
        assertEquals(Optional.of(ContentCoding.GZIP), ContentCoding.of(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "deflate", "x-br", "gzip ", "zst"})
    void of_otherToken_isEmpty(String token) {
        assertEquals(Optional.empty(), ContentCoding.of(token));
    }
}
