package dev.sluice.fault;

import java.nio.ByteBuffer;

/**
 * A file body that says of itself what it is, 64 bytes at a time: which file, which version of it, how many lines that
 * version has, which line this is, and a checksum of these. Any mixture of versions, gap or repetition shows.
 */
public final class VersionedBody {
    /** Bytes of a line. */
    public static final int LINE = 64;

    private VersionedBody() {}

    /** What a sound body turned out to be. */
    public record Identity(long file, long version, long lines) {
        /** Of the whole body. */
        public long bytes() {
            return lines * LINE;
        }
    }

    /** A body of that many lines. */
    public static byte[] of(long file, long version, int lines) {
        ByteBuffer body = ByteBuffer.allocate(lines * LINE);
        for (int line = 0; line < lines; line++) {
            putLine(body, file, version, lines, line);
        }
        return body.array();
    }

    private static void putLine(ByteBuffer body, long file, long version, long lines, long line) {
        long checksum = mix(mix(mix(mix(file) + version) + lines) + line);
        body.putLong(file).putLong(version).putLong(lines).putLong(line);
        body.putLong(checksum).putLong(~checksum).putLong(checksum).putLong(~checksum);
    }

    /**
     * Checks that a body is the beginning of one version of one file, and no less than its first line.
     *
     * @return what it is; whether it is whole is the caller's to compare
     * @throws AssertionError naming the first line that is wrong
     */
    public static Identity check(byte[] body) {
        return check(body, 0);
    }

    /** The same of a part of a body, which begins with that line of it. */
    public static Identity check(byte[] body, long firstLine) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        if (body.length < LINE || body.length % LINE != 0) {
            throw new AssertionError("body of " + body.length + " bytes (expected: whole lines of " + LINE + ")");
        }
        Identity identity = new Identity(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16));
        ByteBuffer expected = ByteBuffer.allocate(LINE);
        for (int line = 0; line < body.length / LINE; line++) {
            putLine(expected.clear(), identity.file(), identity.version(), identity.lines(), firstLine + line);
            if (!expected.flip().equals(bytes.slice(line * LINE, LINE))) {
                throw new AssertionError(identity + ", but line " + (firstLine + line) + " is of version "
                        + bytes.getLong(line * LINE + 8) + ", line " + bytes.getLong(line * LINE + 24));
            }
        }
        return identity;
    }

    /** The finaliser of SplittableRandom: changes about half of the bits for each bit changed. */
    private static long mix(long z) {
        long y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }
}
