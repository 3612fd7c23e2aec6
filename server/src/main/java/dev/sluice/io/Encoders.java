package dev.sluice.io;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The codecs that work on this machine, at two efforts: as small as is useful, for what is coded once and sent many times,
 * and as fast as a network, for what is coded while it is sent.
 *
 * <p>Brotli and Zstandard are native libraries, for Linux with glibc on x86-64 and aarch64, unpacked into the directory of
 * temporary files. Where one cannot be loaded its codec is left out, and the log says so once; it says nothing where an application
 * has left the library itself out.
 */
public final class Encoders {
    private static final Logger LOG = Logger.getLogger("sluice");

    /** RFC 9659 §3: on the web the window is at most 8 MB, or browsers refuse the body. */
    private static final int ZSTD_WINDOW_LOG = 23;

    private static final int ZSTD_LEVEL = 19;
    private static final int BROTLI_QUALITY = 11;

    /** The largest window of RFC 7932, 16 MiB: as much as a region, and so any body that is coded once. */
    private static final int BROTLI_WINDOW_LOG = 24;

    private static final int GZIP_LEVEL = 9;

    /** 512 KiB for a stream: with it one stream takes some 1 to 2 MiB, with the usual 4 MiB it would be 8 and more. */
    private static final int STREAM_WINDOW_LOG = 19;

    private static final int STREAM_INPUT = 64 << 10;

    private final Map<Codec, Runnable> libraries;
    private volatile @Nullable Set<Codec> available;

    /**
     * @param libraries load the libraries of the codecs that need one
     */
    Encoders(Map<Codec, Runnable> libraries) {
        this.libraries = libraries;
    }

    /** Those of this machine. The native libraries are loaded when they are first needed, or asked about. */
    public static Encoders ofThisMachine() {
        Map<Codec, Runnable> libraries = new EnumMap<>(Codec.class);
        // No method references: the JVM would look for their classes here already, and an application may do without
        // them.
        libraries.put(Codec.BROTLI, () -> Brotli4jLoader.ensureAvailability());
        libraries.put(Codec.ZSTD, () -> Native.load());
        return new Encoders(libraries);
    }

    private synchronized Set<Codec> load() {
        Set<Codec> known = available;
        if (known == null) {
            known = Collections.unmodifiableSet(loaded());
            available = known;
        }
        return known;
    }

    private Set<Codec> loaded() {
        Set<Codec> working = EnumSet.of(Codec.GZIP);
        StringJoiner missing = new StringJoiner(", ");
        Throwable cause = null;
        for (Map.Entry<Codec, Runnable> library : libraries.entrySet()) {
            try {
                library.getValue().run();
                working.add(library.getKey());
            } catch (LinkageError | UnsupportedOperationException e) {
                // No library for this platform, or musl, or a directory of temporary files that may hold no programs.
                // A class that is not there has been left out on purpose.
                if (!(e.getCause() instanceof ClassNotFoundException)) {
                    missing.add(library.getKey().token());
                    cause = e;
                }
            }
        }
        if (cause != null) {
            LOG.log(
                    Level.WARNING,
                    "content codings left out, since their native libraries cannot be loaded: " + missing,
                    cause);
        }
        return working;
    }

    /**
     * The codecs that work, gzip always among them. The first call loads the native libraries, which takes some 10 ms, and
     * says in the log if one is missing.
     */
    public Set<Codec> available() {
        Set<Codec> known = available;
        return known == null ? load() : known;
    }

    /**
     * Compresses a whole body as far as is useful: some MB a second at best, so this is work for the background.
     *
     * @param source the body, from position to limit, not consumed
     * @return the coding, which may be longer than the body. The same bytes always give the same
     * @throws IllegalArgumentException if the codec is not available
     * @throws IOException if there is not enough memory
     */
    public ByteBuffer encode(Codec codec, ByteBuffer source) throws IOException {
        try (StreamEncoder encoder = forWhole(codec, source.remaining())) {
            ByteBuffer in = source.duplicate();
            ByteBuffer out = ByteBuffer.allocate(Math.max(128, source.remaining() / 2));
            while (!encoder.encode(in, true, out)) {
                out = Buffers.grown(out);
            }
            return out.flip();
        }
    }

    /**
     * Begins to compress a body while it is sent, at some 50 MB a second and in 1 to 2 MiB of memory.
     *
     * @return the encoder, which the caller closes
     * @throws IllegalArgumentException if the codec is not available
     * @throws IOException if there is not enough memory
     */
    public StreamEncoder stream(Codec codec) throws IOException {
        check(codec);
        return switch (codec) {
            case BROTLI -> new BrotliEncoder(5, STREAM_WINDOW_LOG, STREAM_INPUT);
            case ZSTD -> new ZstdEncoder(3, STREAM_WINDOW_LOG);
            case GZIP -> new GzipEncoder(6);
        };
    }

    private StreamEncoder forWhole(Codec codec, int size) throws IOException {
        check(codec);
        return switch (codec) {
            case BROTLI -> new BrotliEncoder(BROTLI_QUALITY, brotliWindowLog(size), Math.max(1, size));
            case ZSTD -> new ZstdEncoder(ZSTD_LEVEL, ZSTD_WINDOW_LOG, size);
            case GZIP -> new GzipEncoder(GZIP_LEVEL);
        };
    }

    /** The smallest window that holds the whole body; of each, 16 bytes cannot be used (RFC 7932 §9.1). */
    private static int brotliWindowLog(int size) {
        int log = 32 - Integer.numberOfLeadingZeros(size + 15);
        return Math.max(10, Math.min(BROTLI_WINDOW_LOG, log));
    }

    private void check(Codec codec) {
        if (!available().contains(codec)) {
            throw new IllegalArgumentException("codec: " + codec + " (expected: one of " + available() + ")");
        }
    }
}
