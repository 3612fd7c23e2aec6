package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WantDigestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=1",
                "sha-256=10",
                "sha-512=3, sha-256=10, unixsum=0",
                " sha-512=3 ,\tsha-256=1 ",
                "sha-256=0, sha-256=5",
                "*x=1, a_b-c.d2=-999999999999999, sha-256=010",
            })
    void wantsSha256_preferenceAboveZero_isTrue(String field) {
        assertTrue(WantDigest.parse(field).wantsSha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "sha-256=0",
                "sha-512=10",
                "sha-256=5, sha-256=0",
                "sha-256=11",
                "sha-256=-1",
                "sha-256",
                "sha-256=",
                "sha-256=-",
                "sha-256=1.5",
                "sha-256=?1",
                "sha-256=1;a",
                "sha-256 =1",
                "sha-256= 1",
                "SHA-256=1",
                "sha-256=1,",
                ",sha-256=1",
                "sha-256=1,,sha-512=1",
                "sha-256=1 sha-512=1",
                "sha-256=1000000000000000",
                "sha-256=1, 2x=1",
                "sha-512=\"a, sha-256=1\"",
            })
    void wantsSha256_notAskedOrMalformed_isFalse(String field) {
        assertFalse(WantDigest.parse(field).wantsSha256());
    }

    @Test
    void constructor_preferenceOutOfRange_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WantDigest(-1));
        assertThrows(IllegalArgumentException.class, () -> new WantDigest(11));
    }

    /** The digest of the example in RFC 9530 appendix B.1, which ends in a line feed. */
    @Test
    void reprDigest_exampleOfTheRfc_isTheSame() throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest("{\"hello\": \"world\"}\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:", WantDigest.reprDigest(digest));
    }

    @Test
    void reprDigest_otherLength_isRefused() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> WantDigest.reprDigest(new byte[20]));
        assertEquals("SHA-256: 20 bytes (expected: 32)", refusal.getMessage());
    }
}
