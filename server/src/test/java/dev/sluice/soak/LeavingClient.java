package dev.sluice.soak;

import dev.sluice.fault.RawConnection;
import java.io.IOException;
import java.util.SplittableRandom;

/** Begins a download on a connection of its own and leaves in the middle of it. */
final class LeavingClient implements Client {
    /** No answer is shorter than that, its head included. */
    private static final int LEAST = 200;

    private final int port;
    private final SplittableRandom random;

    LeavingClient(int port, SplittableRandom random) {
        this.port = port;
        this.random = random;
    }

    @Override
    public int visit() throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            boolean large = random.nextBoolean();
            connection.send("GET", large ? Releases.LARGE : Releases.hot(random.nextInt(Releases.HOT_FILES)));
            if (random.nextBoolean()) {
                connection.read(random.nextInt(1, large ? 10_000 : LEAST));
            }
            if (random.nextBoolean()) {
                connection.reset();
            }
        }
        return 0;
    }
}
