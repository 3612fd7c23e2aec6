package dev.sluice.ledger;

import static dev.sluice.ledger.SampleServed.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedTest {
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 600})
    void new_statusOutOfBounds_throws(int status) {
        SampleServed sample = sample().status(status);

        Exception e = assertThrows(IllegalArgumentException.class, sample::build);

        assertEquals("status: " + status + " (expected: 100..599)", e.getMessage());
    }

    @Test
    void new_moreCopiedThanSent_throws() {
        SampleServed sample = sample().bytes(10).userCopiedBytes(11);

        Exception e = assertThrows(IllegalArgumentException.class, sample::build);

        assertEquals("userCopiedBytes: 11 (expected: 0..10)", e.getMessage());
    }

    @Test
    void new_negativeBytesOrDuration_throws() {
        assertThrows(IllegalArgumentException.class, sample().bytes(-1)::build);
        assertThrows(IllegalArgumentException.class, sample().durationNanos(-1)::build);
    }

    @Test
    void durationMicros_fraction_roundsDown() {
        assertEquals(1, sample().durationNanos(1_999).build().durationMicros());
    }
}
