package dev.sluice.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class NotationPropertiesTest {
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> TIME_UNITS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    @Property
    void size_textOfAnySize_readsBack(@ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long bytes) {
        ByteSize size = new ByteSize(bytes);

        assertEquals(Optional.of(size), ByteSize.parse(size.toString()));
    }

    @Property
    void size_countAndUnit_isTheirProductOrRefused(
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long count,
            @ForAll @From("sizeUnits") String unit) {
        BigInteger product = BigInteger.valueOf(count).multiply(BigInteger.valueOf(SIZE_UNITS.get(unit)));
        Optional<ByteSize> expected =
                product.bitLength() > 63 ? Optional.empty() : Optional.of(new ByteSize(product.longValueExact()));

        assertEquals(expected, ByteSize.parse(count + unit));
    }

    @Property
    void duration_textOfAnyDuration_readsBack(@ForAll @IntRange(min = 0, max = 999_999_999) int millis) {
        Duration duration = Duration.ofMillis(millis);

        assertEquals(Optional.of(duration), DurationText.parse(DurationText.format(duration)));
    }

    @Property
    void duration_countAndUnit_isTheirProduct(
            @ForAll @IntRange(min = 0, max = 999_999_999) int count, @ForAll @From("timeUnits") String unit) {
        assertEquals(Optional.of(Duration.ofMillis(count * TIME_UNITS.get(unit))), DurationText.parse(count + unit));
    }

    @Property
    void anyText_read_neverThrows(@ForAll String text) {
        ByteSize.parse(text);
        DurationText.parse(text);
        Host.parse(text);
        HostPort.parse(text);
        KeyPath.parse(text);
        PathGlob.of(text);
        CacheControl.parse(text);
    }

    @Example
    void sizesOutsideTheNotation_areRefused() {
        for (String text : new String[] {"", "KiB", "-1", "1.5MiB", "1KB", "1kib", "1  KiB", " 1", "1KiB ", "0x10"}) {
            assertEquals(Optional.empty(), ByteSize.parse(text), text);
        }
    }

    @Example
    void durationsOutsideTheNotation_areRefused() {
        for (String text : new String[] {"", "s", "30", "-1s", "1.5s", "1 min", "1w", "PT1S", "1S", " 1s"}) {
            assertEquals(Optional.empty(), DurationText.parse(text), text);
        }
    }

    @Provide
    Arbitrary<String> sizeUnits() {
        return Arbitraries.of(SIZE_UNITS.keySet());
    }

    @Provide
    Arbitrary<String> timeUnits() {
        return Arbitraries.of(TIME_UNITS.keySet());
    }
}
