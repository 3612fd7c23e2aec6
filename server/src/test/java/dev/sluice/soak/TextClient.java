package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.fault.RawConnection;
import dev.sluice.fault.VersionedBody.Identity;
import dev.sluice.io.Codec;
import dev.sluice.io.Decoding;
import java.io.IOException;
import java.util.SplittableRandom;

/** Asks for text, compressed if the server has it so. */
final class TextClient implements Client {
    private final RawConnection connection;
    private final Validators validators;
    private final SplittableRandom random;

    TextClient(int port, Validators validators, SplittableRandom random) throws IOException {
        this.connection = new RawConnection(port);
        this.validators = validators;
        this.random = random;
    }

    @Override
    public int visit() throws IOException {
        int number = random.nextInt(Releases.TEXTS);
        RawConnection.Response response = connection.get(Releases.text(number), "Accept-Encoding: br");
        assertEquals(200, response.status());
        boolean coded = "br".equals(response.head().field("content-encoding"));
        Identity identity = TextBody.check(coded ? Decoding.of(Codec.BROTLI, response.body()) : response.body());
        assertEquals(Releases.textFile(number), identity.file());
        validators.check(response.head().field("etag"), identity);
        return 1;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
