package dev.sluice.access;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * A password as it is kept: hashed with bcrypt (Provos and Mazières, USENIX '99), with its salt and cost inside.
 *
 * <p>A password is hashed in UTF-8, as clients send it (RFC 7617 §2.1).
 *
 * @param text the hash as htpasswd and crypt(3) write it: {@code $2y$12$} and 53 characters. The versions 2a, 2b and 2y
 *     are the same algorithm here
 */
public record PasswordHash(String text) {
    /** The longest password in bytes: bcrypt looks at no more, so that two longer ones could not be told apart. */
    public static final int MAX_BYTES = 72;

    /** The lowest cost: 16 rounds, a millisecond. For tests. */
    public static final int MIN_COST = 4;

    /** The highest cost: 65,536 rounds, some seconds. Beyond, one request would hold a worker for too long. */
    public static final int MAX_COST = 16;

    /** A good cost: 4096 rounds, some 200 ms. */
    public static final int DEFAULT_COST = 12;

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

    /** The bytes of the salt and of the hash in the last part of the text, in characters. */
    private static final int SALT_LENGTH = 22;

    private static final int HASH_LENGTH = 31;

    /**
     * @throws IllegalArgumentException if the text is no such hash or its cost is out of bounds; the message does not
     *     repeat the hash, since it ends up in logs
     */
    public PasswordHash {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a bcrypt hash (expected: $2y$, $2b$ or $2a$, a cost of two digits, $, and 53 characters)");
        }
        checkCost(Integer.parseInt(matcher.group(1)));
    }

    /**
     * Hashes a password with a fresh random salt.
     *
     * @param cost the binary logarithm of the number of rounds, {@link #MIN_COST} to {@link #MAX_COST}
     * @throws IllegalArgumentException if the password is empty or longer than {@link #MAX_BYTES} in UTF-8, or the cost
     *     is out of bounds
     */
    public static PasswordHash of(String password, int cost) {
        checkCost(cost);
        byte[] bytes = utf8(password);
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "password: " + bytes.length + " bytes (expected: 1 to " + MAX_BYTES + " in UTF-8)");
        }
        return new PasswordHash(BCrypt.hashpw(bytes, BCrypt.gensalt("$2y", cost)));
    }

    /**
     * A hash that no password is known to have: checking against it takes as long as against a real one, so that the time
     * of an answer does not tell whether a user exists.
     *
     * @param cost as for {@link #of}
     */
    static PasswordHash decoy(int cost) {
        return new PasswordHash(BCrypt.gensalt("$2y", cost).substring(0, 7 + SALT_LENGTH) + ".".repeat(HASH_LENGTH));
    }

    /** Whether this is the hash of the password. Takes the time that the cost asks for; one too long never matches. */
    public boolean matches(String password) {
        byte[] bytes = utf8(password);
        return bytes.length <= MAX_BYTES && BCrypt.checkpw(bytes, text);
    }

    /** The binary logarithm of the number of rounds. */
    public int cost() {
        return Integer.parseInt(text.substring(4, 6));
    }

    /** Without the hash: it is a secret, if a weak one. */
    @Override
    public String toString() {
        return "PasswordHash[cost=" + cost() + "]";
    }

    private static void checkCost(int cost) {
        if (cost < MIN_COST || cost > MAX_COST) {
            throw new IllegalArgumentException(
                    "bcrypt cost: " + cost + " (expected: " + MIN_COST + " to " + MAX_COST + ")");
        }
    }

    private static byte[] utf8(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
