package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.fault.RawConnection;
import dev.sluice.fault.VersionedBody;
import java.io.IOException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Asks for small files, several at a time on one connection, and now and then whether one is still the same. */
final class HotClient implements Client {
    private static final int AT_ONCE = 16;

    private final RawConnection connection;
    private final Validators validators;
    private final SplittableRandom random;
    private final String[] tags = new String[Releases.HOT_FILES];

    HotClient(int port, Validators validators, SplittableRandom random) throws IOException {
        this.connection = new RawConnection(port);
        this.validators = validators;
        this.random = random;
    }

    @Override
    public int visit() throws IOException {
        int[] files = random.ints(AT_ONCE, 0, Releases.HOT_FILES).toArray();
        boolean[] conditional = new boolean[AT_ONCE];
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < AT_ONCE; i++) {
            String tag = tags[files[i]];
            conditional[i] = tag != null && random.nextInt(20) == 0;
            requests.append("GET ")
                    .append(Releases.hot(files[i]))
                    .append(" HTTP/1.1\r\nHost: localhost\r\n")
                    .append(conditional[i] ? "If-None-Match: " + tag + "\r\n" : "")
                    .append("\r\n");
        }
        String[] asked = tags.clone();
        connection.send(requests.toString());
        for (int i = 0; i < AT_ONCE; i++) {
            check(files[i], conditional[i] ? asked[files[i]] : null);
        }
        return AT_ONCE;
    }

    private void check(int file, @Nullable String unless) throws IOException {
        RawConnection.Response response = connection.readResponse(Releases.hot(file));
        String tag = response.head().field("etag");
        if (unless != null && response.status() == 304) {
            assertEquals(unless, tag);
            return;
        }
        assertEquals(200, response.status(), Releases.hot(file));
        VersionedBody.Identity identity = VersionedBody.check(response.body());
        assertEquals(file, identity.file());
        assertEquals(identity.bytes(), response.body().length);
        validators.check(tag, identity);
        tags[file] = tag;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
