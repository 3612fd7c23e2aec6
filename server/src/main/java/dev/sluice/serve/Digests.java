package dev.sluice.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.WantDigest;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import dev.sluice.site.FileFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Digests of large files, for clients that ask for {@code Repr-Digest} (RFC 9530). Each version of a file is read for it
 * once. A client's wish is a hint (§4), so while too many other files are being read it goes unheard.
 */
final class Digests {
    private static final int MOST_REMEMBERED = 4096;
    private static final int MOST_AT_ONCE = 2;
    private static final int CHUNK = 256 << 10;

    private final Cache<FileFacts, String> known =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final Semaphore readers = new Semaphore(MOST_AT_ONCE);

    /** The same with the digest of what will be sent, if that is wanted and can be had. Reads the file: for workers. */
    Loaded.Elsewhere completed(Request request, Loaded.Elsewhere elsewhere) throws IOException {
        List<Representation> choices = elsewhere.found().choices();
        Optional<ContentCoding> coding = request.codings()
                .best(choices.stream().map(Representation::coding).toList());
        if (!request.wantsDigest()
                || coding.isEmpty()
                || elsewhere.found().streamable().contains(coding.get())
                || !(elsewhere.sources().get(coding.get()) instanceof Source.FromFile file)) {
            return elsewhere;
        }
        String digest = digest(file);
        return digest == null ? elsewhere : with(digest, coding.get(), elsewhere);
    }

    private static Loaded.Elsewhere with(String digest, ContentCoding coding, Loaded.Elsewhere elsewhere) {
        List<Representation> choices = new ArrayList<>(elsewhere.found().choices());
        choices.replaceAll(choice -> choice.coding() == coding ? choice.withDigest(digest) : choice);
        Lookup.Found found = new Lookup.Found(
                choices, elsewhere.found().sourceLength(), elsewhere.found().streamable());
        return new Loaded.Elsewhere(found, elsewhere.sources(), elsewhere.dressing(), elsewhere.template());
    }

    private @Nullable String digest(Source.FromFile file) throws IOException {
        String digest = known.getIfPresent(file.facts());
        if (digest != null || !readers.tryAcquire()) {
            return digest;
        }
        try {
            digest = read(file);
            if (digest != null) {
                known.put(file.facts(), digest);
            }
            return digest;
        } finally {
            readers.release();
        }
    }

    /** Null if the file changed while it was read. */
    private static @Nullable String read(Source.FromFile file) throws IOException {
        MessageDigest sha256 = Validators.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long position = 0;
        while (position < file.facts().size()) {
            int read = file.file().channel().read(chunk.clear(), position);
            if (read < 0) {
                return null;
            }
            sha256.update(chunk.flip());
            position += read;
        }
        return position == file.facts().size() && file.unchanged().check()
                ? WantDigest.reprDigest(sha256.digest())
                : null;
    }
}
