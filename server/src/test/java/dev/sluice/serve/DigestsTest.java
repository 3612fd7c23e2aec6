package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.archive.ArchiveEntry;
import dev.sluice.archive.DamagedArchiveException;
import dev.sluice.http.AcceptEncoding;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.EntityTag;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.io.OpenFiles;
import dev.sluice.plan.Conditions;
import dev.sluice.plan.Dressing;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import dev.sluice.site.FileFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a file that cannot be read for the digest of its content. */
final class DigestsTest {
    private static final int SIZE = 1_000;
    private static final Request WANTED =
            new Request(Method.GET, Instant.EPOCH, Conditions.NONE, AcceptEncoding.ANY, true, null);

    private static final Dressing UNDRESSED = new Dressing(List.of(), null, null, 0, null, List.of(), List.of());
    private final OpenFiles files = new OpenFiles(4);

    /** Each read of it fails. */
    private static final class Failing extends HangingChannel {
        private final IOException fault;

        Failing(IOException fault) {
            super(SIZE);
            this.fault = fault;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            throw fault;
        }
    }

    private Loaded.Elsewhere elsewhere(Failing channel) throws IOException {
        ArchiveEntry entry = new ArchiveEntry(0, true, 0, SIZE, SIZE, Instant.EPOCH);
        Source source = new Source.FromArchive(
                files.acquire("entry", channel), entry, new FileFacts(SIZE, Instant.EPOCH, "entry"), () -> true);
        Lookup.Found found =
                new Lookup.Found(new Representation(SIZE, new EntityTag(false, "tag"), null, MediaType.OCTET_STREAM));
        return new Loaded.Elsewhere(found, Map.of(ContentCoding.IDENTITY, source), UNDRESSED, null);
    }

    @Test
    void completed_diskFails_givesTheFileBack() throws IOException {
        Failing channel = new Failing(new IOException("on purpose"));
        Loaded.Elsewhere elsewhere = elsewhere(channel);

        assertThrows(IOException.class, () -> new Digests().completed(WANTED, elsewhere));

        files.close();
        assertFalse(channel.isOpen());
    }

    @Test
    void completed_damagedEntry_isThatWithoutADigest() throws IOException {
        Failing channel = new Failing(new DamagedArchiveException("an entry is damaged"));
        Loaded.Elsewhere elsewhere = elsewhere(channel);

        assertSame(elsewhere, new Digests().completed(WANTED, elsewhere));

        files.close();
        assertTrue(channel.isOpen());
        elsewhere.discard();
        assertFalse(channel.isOpen());
    }
}
