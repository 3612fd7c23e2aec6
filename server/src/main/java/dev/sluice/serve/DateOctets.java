package dev.sluice.serve;

import dev.sluice.http.HttpDate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The value of {@code Date} (RFC 9110 §6.6.1), made once a second. Thread-safe. */
final class DateOctets {
    private volatile Stamp stamp = new Stamp(-1, new byte[0]);

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Stamp(long second, byte[] octets) {}

    /** The date now; not to be changed. */
    byte[] now() {
        return at(System.currentTimeMillis());
    }

    /**
     * The date at a moment; not to be changed.
     *
     * @param epochMillis about now: the clock was read already, which costs as much as all else here
     */
    byte[] at(long epochMillis) {
        Stamp known = stamp;
        long second = TimeUnit.MILLISECONDS.toSeconds(epochMillis);
        if (second != known.second) {
            String date = HttpDate.format(Instant.ofEpochSecond(second));
            known = new Stamp(second, date.getBytes(StandardCharsets.US_ASCII));
            stamp = known;
        }
        return known.octets;
    }
}
