package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.fault.RawConnection;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Takes a little of a download now and then, and at last nothing, until the server gives up. */
final class SlowClient implements Client {
    private static final int SIPS = 20;

    private final int port;
    private final long patienceMillis;

    /**
     * @param patienceMillis after which time without progress the server gives up
     */
    SlowClient(int port, long patienceMillis) {
        this.port = port;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public int visit() throws IOException, InterruptedException {
        try (RawConnection connection = new RawConnection(port, 4_096)) {
            connection.send("GET", Releases.LARGE);
            long length = connection.readHead().length();
            long taken = 0;
            for (int sip = 0; sip < SIPS; sip++) {
                taken += connection.read(1_000).length;
                TimeUnit.MILLISECONDS.sleep(50);
            }
            // The server looks at what stands still once a second.
            TimeUnit.MILLISECONDS.sleep(patienceMillis + 2_000);
            taken += connection.readToTheEnd().length;
            long all = taken;
            assertTrue(all < length, () -> all + " of " + length + " bytes for a client that took none");
        }
        return 0;
    }
}
