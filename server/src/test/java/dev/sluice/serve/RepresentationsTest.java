package dev.sluice.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.http.ContentCoding;
import dev.sluice.http.MediaTypes;
import dev.sluice.http.SitePath;
import dev.sluice.io.Codec;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Policy;
import dev.sluice.plan.Representation;
import dev.sluice.site.FileFacts;
import dev.sluice.site.Resolution;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file too large for a region is offered as. */
final class RepresentationsTest {
    private static final List<ContentCoding> ALL = List.of(ContentCoding.BR, ContentCoding.ZSTD, ContentCoding.GZIP);
    private static final FileFacts FACTS = new FileFacts(5000, Instant.EPOCH, "key");
    private static final FileFacts SIDE = new FileFacts(700, Instant.EPOCH, "side");

    @TempDir
    Path folder;

    private Lookup.Found unread(String path, boolean streaming, Set<Codec> codecs) throws Exception {
        CodingPolicy policy = new CodingPolicy(ALL, 512, streaming);
        Representations representations =
                new Representations(MediaTypes.standard(), policy, new Policy(1000), () -> codecs);
        try (FileChannel channel = channel()) {
            Resolution.Sidecar gzip = new Resolution.Sidecar(ContentCoding.GZIP, channel, SIDE);
            return representations.unread(
                    new Resolution.File(SitePath.parse(path), channel, FACTS, List.of(gzip), Path.of(path)));
        }
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(Files.writeString(folder.resolve("f"), "x"));
    }

    private static List<ContentCoding> codings(Lookup.Found found) {
        return found.choices().stream().map(Representation::coding).toList();
    }

    @Test
    void unread_withoutStreaming_isItselfAndItsSidecars() throws Exception {
        Lookup.Found found = unread("/f.txt", false, EnumSet.allOf(Codec.class));
        assertEquals(List.of(ContentCoding.GZIP, ContentCoding.IDENTITY), codings(found));
        assertEquals(Set.of(), found.streamable());
        assertEquals(700, found.choices().get(0).length());
        assertEquals(5000, found.sourceLength());
    }

    @Test
    void unread_streaming_isMadeWhereThereIsNoSidecar() throws Exception {
        Lookup.Found found = unread("/f.txt", true, EnumSet.allOf(Codec.class));
        assertEquals(
                List.of(ContentCoding.BR, ContentCoding.ZSTD, ContentCoding.GZIP, ContentCoding.IDENTITY),
                codings(found));
        assertEquals(Set.of(ContentCoding.BR, ContentCoding.ZSTD), found.streamable());
    }

    /** Where a native library is missing, nothing that it would make is offered. */
    @Test
    void unread_codecMissing_isNotOffered() throws Exception {
        Lookup.Found found = unread("/f.txt", true, EnumSet.of(Codec.GZIP, Codec.ZSTD));
        assertEquals(List.of(ContentCoding.ZSTD, ContentCoding.GZIP, ContentCoding.IDENTITY), codings(found));
        assertEquals(Set.of(ContentCoding.ZSTD), found.streamable());
    }

    @Test
    void unread_typeThatIsCodedAlready_isNotStreamed() throws Exception {
        Lookup.Found found = unread("/f.zip", true, EnumSet.allOf(Codec.class));
        assertEquals(Set.of(), found.streamable());
    }
}
