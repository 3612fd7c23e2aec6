package dev.sluice.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.archive.DamagedArchiveException;
import dev.sluice.archive.Inflation;
import dev.sluice.http.ContentCoding;
import dev.sluice.http.WantDigest;
import dev.sluice.plan.Lookup;
import dev.sluice.plan.Representation;
import dev.sluice.plan.Request;
import dev.sluice.site.FileFacts;
import dev.sluice.site.Resolution;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * The same with the digest of what will be sent, if that is wanted and can be had. Reads the file: for workers. If
     * it throws, what was leased has been given back.
     */
    Loaded.Elsewhere completed(Request request, Loaded.Elsewhere elsewhere) throws IOException {
        boolean kept = false;
        try {
            Loaded.Elsewhere completed = completedIfReadable(request, elsewhere);
            kept = true;
            return completed;
        } finally {
            if (!kept) {
                elsewhere.discard();
            }
        }
    }

    private Loaded.Elsewhere completedIfReadable(Request request, Loaded.Elsewhere elsewhere) throws IOException {
        ContentCoding coding = wanted(request, elsewhere.found());
        String digest;
        try {
            digest = coding == null ? null : digest(elsewhere.sources().get(coding));
        } catch (DamagedArchiveException noContent) {
            // Whoever sends it finds that out, too, and breaks off.
            digest = null;
        }
        if (coding == null || digest == null) {
            return elsewhere;
        }
        Lookup.Found found = with(digest, coding, elsewhere.found());
        return new Loaded.Elsewhere(found, elsewhere.sources(), elsewhere.dressing(), elsewhere.template());
    }

    /** The same for a request that is only explained: nothing is remembered, and nobody is kept waiting for it. */
    Lookup.Found previewed(Request request, Lookup.Found found, Resolution.File file) throws IOException {
        ContentCoding coding = wanted(request, found);
        if (coding == null) {
            return found;
        }
        FileChannel channel = file.channel();
        FileFacts facts = file.facts();
        for (Resolution.Sidecar sidecar : file.sidecars()) {
            if (sidecar.coding() == coding) {
                channel = sidecar.channel();
                facts = sidecar.facts();
            }
        }
        String remembered = known.getIfPresent(facts);
        String digest = remembered == null ? read(channel::read, facts.size()) : remembered;
        return digest == null ? found : with(digest, coding, found);
    }

    /** The coding whose digest is wanted and can be had, or null. */
    private static @Nullable ContentCoding wanted(Request request, Lookup.Found found) {
        return request.codings()
                .best(found.choices().stream().map(Representation::coding).toList())
                .filter(coding -> request.wantsDigest() && !found.streamable().contains(coding))
                .orElse(null);
    }

    private static Lookup.Found with(String digest, ContentCoding coding, Lookup.Found found) {
        List<Representation> choices = new ArrayList<>(found.choices());
        choices.replaceAll(choice -> choice.coding() == coding ? choice.withDigest(digest) : choice);
        return new Lookup.Found(choices, found.sourceLength(), found.streamable(), found.packing());
    }

    private @Nullable String digest(@Nullable Source source) throws IOException {
        if (source instanceof Source.FromFile file) {
            FileChannel channel = file.file().channel();
            return digest(file.facts(), file.unchanged(), channel::read);
        }
        if (source instanceof Source.FromArchive file) {
            try (Inflation inflation = new Inflation(file.file().channel(), file.entry())) {
                return digest(file.facts(), file.unchanged(), (into, position) -> inflation.read(into));
            }
        }
        return null;
    }

    /** Reads what stands at a position, or behind what has been read before. */
    @FunctionalInterface
    private interface Reading {
        int read(ByteBuffer into, long position) throws IOException;
    }

    private @Nullable String digest(FileFacts facts, Unchanged unchanged, Reading reading) throws IOException {
        String digest = known.getIfPresent(facts);
        if (digest != null || !readers.tryAcquire()) {
            return digest;
        }
        try {
            digest = read(reading, facts.size());
            if (digest == null || !unchanged.check()) {
                return null;
            }
            known.put(facts, digest);
            return digest;
        } finally {
            readers.release();
        }
    }

    /** Null if the file is not of that size any more. */
    private static @Nullable String read(Reading reading, long size) throws IOException {
        MessageDigest sha256 = Validators.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long position = 0;
        while (position < size) {
            int read = reading.read(chunk.clear(), position);
            if (read < 0) {
                return null;
            }
            sha256.update(chunk.flip());
            position += read;
        }
        return position == size ? WantDigest.reprDigest(sha256.digest()) : null;
    }
}
