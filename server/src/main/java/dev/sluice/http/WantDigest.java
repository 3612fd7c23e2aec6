package dev.sluice.http;

import java.util.Base64;

/**
 * The digest a client wants of a representation: the {@code Want-Repr-Digest} field (RFC 9530 §4).
 *
 * @param sha256 how much it prefers SHA-256, 0 (not at all) to 10
 */
public record WantDigest(int sha256) {
    private static final String SHA_256 = "sha-256";
    private static final int SHA_256_BYTES = 32;
    private static final int MAX_PREFERENCE = 10;

    /**
     * Checks the preference.
     *
     * @throws IllegalArgumentException if it is below 0 or above 10
     */
    public WantDigest {
        if (sha256 < 0 || sha256 > MAX_PREFERENCE) {
            throw new IllegalArgumentException("preference: " + sha256 + " (expected: 0 to 10)");
        }
    }

    /**
     * Parses the field value, a dictionary of integers (RFC 9651 §3.2). Of repeated members the last counts. A value that
     * is anything else wants nothing, as the whole of a malformed structured field is to be ignored (RFC 9651 §4.2); the
     * same goes for members with parameters, for which RFC 9530 has no use.
     *
     * @param fieldValue the field value, repeated fields joined by a comma
     */
    public static WantDigest parse(String fieldValue) {
        IntegerDictionary members = new IntegerDictionary(fieldValue);
        long preference = members.last(SHA_256).orElse(0);
        return new WantDigest(preference < 0 || preference > MAX_PREFERENCE ? 0 : (int) preference);
    }

    /** Says whether {@code Repr-Digest} with a SHA-256 is wanted. */
    public boolean wantsSha256() {
        return sha256 > 0;
    }

    /**
     * Returns the value of {@code Repr-Digest} (RFC 9530 §3).
     *
     * @param sha256 the digest of the whole selected representation, 32 bytes
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public static String reprDigest(byte[] sha256) {
        if (sha256.length != SHA_256_BYTES) {
            throw new IllegalArgumentException("SHA-256: " + sha256.length + " bytes (expected: 32)");
        }
        return SHA_256 + "=:" + Base64.getEncoder().encodeToString(sha256) + ':';
    }
}
