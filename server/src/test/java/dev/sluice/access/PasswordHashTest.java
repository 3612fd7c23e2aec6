package dev.sluice.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final String SALT = "04$abcdefghijklmnopqrstuu";

    /** The hashes were made by libxcrypt 4.4, as crypt(3) does. */
    @ParameterizedTest
    @CsvSource({
        "$2a$, secret, 2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
        "$2b$, secret, 2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
        "$2y$, secret, 2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
        "$2b$, ünïcödé€, lrfSMoNXL8i.42029hXESAGLn0wqoea",
        "$2y$, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, bzadhGtS2zEF.gu0yd0opP6cVzb.e0i"
    })
    void matches_hashOfAnotherImplementation_onlyItsPassword(String version, String password, String hash) {
        PasswordHash kept = new PasswordHash(version + SALT + hash);

        assertTrue(kept.matches(password));
        assertFalse(kept.matches(password.substring(1)));
        assertFalse(kept.matches(""));
    }

    /** Bcrypt would look at the first 72 bytes only, and take every continuation for the password. */
    @Test
    void matches_longerThan72Bytes_neverDoes() {
        PasswordHash kept = new PasswordHash("$2y$" + SALT + "bzadhGtS2zEF.gu0yd0opP6cVzb.e0i");

        assertFalse(kept.matches("x".repeat(73)));
    }

    @Test
    void of_password_matchesAndIsSaltedEachTime() {
        PasswordHash first = PasswordHash.of("geheim", PasswordHash.MIN_COST);
        PasswordHash second = PasswordHash.of("geheim", PasswordHash.MIN_COST);

        assertTrue(first.matches("geheim"));
        assertFalse(first.matches("Geheim"));
        assertNotEquals(first, second);
        assertTrue(first.text().startsWith("$2y$04$"), first.text());
        assertEquals(4, first.cost());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 17, -1})
    void of_costOutOfBounds_isRefused(int cost) {
        String message = assertThrows(IllegalArgumentException.class, () -> PasswordHash.of("x", cost))
                .getMessage();

        assertEquals("bcrypt cost: " + cost + " (expected: 4 to 16)", message);
    }

    @Test
    void of_lengthOutOfBounds_isRefusedByBytesNotCharacters() {
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.of("", 4));
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.of("ä".repeat(37), 4));
        assertTrue(PasswordHash.of("ä".repeat(36), 4).matches("ä".repeat(36)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$apr1$abc$def",
                "$2x$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
                "$2b$4$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW",
                "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIr",
                "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW\n",
                "$2b$17$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW"
            })
    void new_noBcryptHashOrOneTooCostly_isRefusedWithoutRepeatingIt(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> new PasswordHash(text))
                .getMessage();

        assertTrue(message.contains("(expected: "), message);
        assertTrue(text.isEmpty() || !message.contains(text), message);
    }

    @Test
    void toString_hash_isLeftOut() {
        assertEquals("PasswordHash[cost=4]", PasswordHash.of("x", 4).toString());
    }

    @Test
    void decoy_anyCost_hasThatCost() {
        assertEquals(9, PasswordHash.decoy(9).cost());
        assertFalse(PasswordHash.decoy(4).matches(""));
    }
}
