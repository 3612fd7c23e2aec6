package dev.sluice.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AmountsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "9999999|9,999,999",
                "10000000|10.0M",
                "999499999|999M",
                "999500000|1.00G",
                "9223372036854775807|9.22E"
            })
    void count_number_isShort(long number, String expected) {
        assertEquals(expected, Amounts.count(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "0.004|0.00", "0.25|0.25", "4.24|4.2", "9.96|10.0", "10.4|10", "12345.6|12,346"})
    void rate_number_hasDigitsWhileItIsSmall(double number, String expected) {
        assertEquals(expected, Amounts.rate(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0 B",
                "999|999 B",
                "1000|0.98 KiB",
                "1024|1.00 KiB",
                "10240|10.0 KiB",
                "1023487|999 KiB",
                "1023999|0.98 MiB",
                "9223372036854775807|8.00 EiB"
            })
    void bytes_number_hasThreeDigits(long number, String expected) {
        assertEquals(expected, Amounts.bytes(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0 us", "999|999 us", "1000|1.00 ms", "99960|100 ms", "999600|1.00 s", "3600000000|3600 s"})
    void micros_number_hasThreeDigits(long micros, String expected) {
        assertEquals(expected, Amounts.micros(micros));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0 %", "-1|0 %", "1|100 %", "2|100 %", "0.99999999|99.99 %", "0.5799|57.99 %", "0.00001|0.00 %"})
    void percent_ratio_isNeverRoundedUp(double ratio, String expected) {
        assertEquals(expected, Amounts.percent(ratio));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"5|00:05", "3599|59:59", "3600|01:00:00", "86399|23:59:59", "270240|3d 03:04"})
    void uptime_seconds_areHoursAndDays(long seconds, String expected) {
        assertEquals(expected, Amounts.uptime(seconds));
    }
}
