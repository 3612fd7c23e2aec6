package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.http.ByteRange;
import dev.sluice.http.RangeHeader;
import dev.sluice.http.Ranges;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class RangeFuzzTest {
    /** The first octet is the length that is asked of, 0 to 255, so that ranges end within and beyond it. */
    @FuzzTest(maxDuration = "10m")
    void resolve_anyOctets_neverLeavesTheFile(byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        long length = octets[0] & 0xff;
        String field = new String(Arrays.copyOfRange(octets, 1, octets.length), StandardCharsets.ISO_8859_1);
        RangeHeader.parse(field).ifPresent(ranges -> {
            if (ranges.resolve(length) instanceof Ranges.Satisfiable satisfiable) {
                long sum = 0;
                for (ByteRange range : satisfiable.ranges()) {
                    assertTrue(range.first() >= 0 && range.first() <= range.last() && range.last() < length, field);
                    sum += range.length();
                }
                assertTrue(sum <= length, field);
            }
        });
    }
}
