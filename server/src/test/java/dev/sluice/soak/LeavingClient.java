package dev.sluice.soak;

import dev.sluice.fault.RawConnection;
import java.io.IOException;
import java.util.SplittableRandom;

/** Begins a download on a connection of its own and leaves in the middle of it. */
final class LeavingClient implements Client {
    private final int port;
    private final SplittableRandom random;

    LeavingClient(int port, SplittableRandom random) {
        this.port = port;
        this.random = random;
    }

    @Override
    public int visit() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(
                    "GET", random.nextBoolean() ? Releases.LARGE : Releases.hot(random.nextInt(Releases.HOT_FILES)));
            if (random.nextBoolean()) {
                connection.read(random.nextInt(1, 10_000));
            }
            if (random.nextBoolean()) {
                connection.reset();
            }
        }
        return 0;
    }
}
