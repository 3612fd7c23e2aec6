package dev.sluice.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ByteCountTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B, 0 bytes",
        "1, 1 B, 1 byte",
        "1023, 1023 B, '1,023 bytes'",
        "1024, 1.0 KiB, '1,024 bytes'",
        "1280, 1.3 KiB, '1,280 bytes'",
        "10188, 9.9 KiB, '10,188 bytes'",
        "10189, 10 KiB, '10,189 bytes'",
        "1048063, 1023 KiB, '1,048,063 bytes'",
        "1048064, 1.0 MiB, '1,048,064 bytes'",
        "1048576, 1.0 MiB, '1,048,576 bytes'",
        "9223372036854775807, 8.0 EiB, '9,223,372,036,854,775,807 bytes'",
    })
    void rounded_anySize_isShortAndExactInTheTitle(long bytes, String rounded, String exact) {
        assertEquals(rounded, ByteCount.rounded(bytes));
        assertEquals(exact, ByteCount.exact(bytes));
    }
}
