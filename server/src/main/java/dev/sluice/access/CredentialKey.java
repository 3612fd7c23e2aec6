package dev.sluice.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a user and a password into a key under which the result of a check can be kept: HMAC-SHA-256 with a random secret
 * of this object. No password stays in memory, and a dump of the cache without the secret allows no guessing.
 */
final class CredentialKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    /** Between the user and the password: a byte that UTF-8 never has, so that no two pairs run together. */
    private static final byte SEPARATOR = (byte) 0xFF;

    private final SecretKeySpec secret;

    CredentialKey() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        this.secret = new SecretKeySpec(random, ALGORITHM);
    }

    /** The key, equal for equal pairs. Costs some microseconds. */
    ByteBuffer of(String user, String password) {
        try {
            // A Mac is not shared between threads, and making one is cheap beside the rest.
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(user.getBytes(StandardCharsets.UTF_8));
            mac.update(SEPARATOR);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
