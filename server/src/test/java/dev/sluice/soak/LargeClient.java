package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.fault.RawConnection;
import dev.sluice.fault.VersionedBody;
import dev.sluice.fault.VersionedBody.Identity;
import java.io.IOException;
import java.util.SplittableRandom;

/** Downloads the large file, and resumes the download in the middle. */
final class LargeClient implements Client {
    private static final int PIECE = 4_096;

    private final RawConnection connection;
    private final Validators validators;
    private final SplittableRandom random;

    LargeClient(int port, Validators validators, SplittableRandom random) throws IOException {
        this.connection = new RawConnection(port);
        this.validators = validators;
        this.random = random;
    }

    @Override
    public int visit() throws IOException {
        connection.send("GET", Releases.LARGE);
        RawConnection.Head whole = connection.readHead();
        assertEquals(200, whole.status());
        Identity identity = read(whole, 0);
        String tag = whole.field("etag");
        validators.check(tag, identity);
        int parts = 1 + random.nextInt(10);
        for (int part = 0; part < parts; part++) {
            resume(tag, identity);
        }
        return 1 + parts;
    }

    /** Of the same version, or all of another one (RFC 9110 §13.1.5). */
    private void resume(String tag, Identity before) throws IOException {
        long first = random.nextLong(Releases.LARGE_LINES);
        long beyond = Math.min(Releases.LARGE_LINES, first + 1 + random.nextLong(16_384));
        String range = "Range: bytes=" + first * VersionedBody.LINE + '-' + (beyond * VersionedBody.LINE - 1);
        connection.send("GET", Releases.LARGE, range, "If-Range: " + tag);
        RawConnection.Head head = connection.readHead();
        if (head.status() == 200) {
            validators.check(head.field("etag"), read(head, 0));
        } else {
            assertEquals(206, head.status());
            assertEquals((beyond - first) * VersionedBody.LINE, head.length());
            assertEquals(before, read(head, first));
            assertEquals(tag, head.field("etag"));
        }
    }

    private Identity read(RawConnection.Head head, long firstLine) throws IOException {
        long lines = head.length() / VersionedBody.LINE;
        Identity identity = null;
        for (long line = 0; line < lines; line += PIECE) {
            int length = (int) Math.min(PIECE, lines - line) * VersionedBody.LINE;
            byte[] piece = connection.read(length);
            assertEquals(length, piece.length);
            Identity part = VersionedBody.check(piece, firstLine + line);
            assertEquals(identity == null ? part : identity, part);
            identity = part;
        }
        assertEquals(Releases.LARGE_FILE, identity.file());
        return identity;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
