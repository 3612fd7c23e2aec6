package dev.sluice.ledger;

/**
 * How much was answered.
 *
 * @param requests finished requests
 * @param bytes body bytes that reached a socket
 * @param userCopiedBytes how many of those passed through a user-space buffer, at most {@code bytes}
 */
public record Volume(long requests, long bytes, long userCopiedBytes) {
    /** Nothing. */
    public static final Volume ZERO = new Volume(0, 0, 0);

    /**
     * Both together.
     *
     * @param more what is added
     * @return the sum
     */
    public Volume plus(Volume more) {
        return new Volume(requests + more.requests, bytes + more.bytes, userCopiedBytes + more.userCopiedBytes);
    }

    /**
     * The zero-copy ratio: body bytes that never entered a user-space buffer, divided by all body bytes.
     *
     * @return 0..1; 1 if there are no bytes, since nothing was copied
     */
    public double zeroCopyRatio() {
        return bytes == 0 ? 1.0 : (double) (bytes - userCopiedBytes) / bytes;
    }
}
