package dev.sluice.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both efforts of each codec, with the native libraries of this machine. */
final class EncodersTest {
    private static final Encoders ENCODERS = Encoders.ofThisMachine();
    private static final byte[] TEXT = text(300_000);

    @Test
    void load_linux_hasAllThree() {
        assertEquals(EnumSet.allOf(Codec.class), ENCODERS.available());
    }

    static Stream<Arguments> bodies() {
        return Stream.of(Codec.values())
                .flatMap(codec -> Stream.of(
                                new byte[0],
                                new byte[] {7},
                                new byte[100_000],
                                TEXT,
                                random(200_000),
                                new byte[9 << 20])
                        .map(body -> Arguments.of(codec, body)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void encode_anyBody_decodesToItAndLeavesItWhereItWas(Codec codec, byte[] body) throws IOException {
        ByteBuffer source = direct(body);
        byte[] coded = bytes(ENCODERS.encode(codec, source.asReadOnlyBuffer()));

        assertArrayEquals(body, Decoding.of(codec, coded));
        assertEquals(body.length, source.remaining());
    }

    /** The libraries might misunderstand the format together; the tools of the distribution are somebody else's. */
    @ParameterizedTest
    @EnumSource
    void encode_text_decodesWithTheCommandToo(Codec codec) throws Exception {
        byte[] whole = bytes(ENCODERS.encode(codec, ByteBuffer.wrap(TEXT)));

        assertArrayEquals(TEXT, Decoding.byCommand(codec, whole));
        assertArrayEquals(TEXT, Decoding.byCommand(codec, stream(codec, TEXT, 10_000, 10_000)));
    }

    @ParameterizedTest
    @EnumSource
    void encode_heapOrDirectOrPartOfABuffer_isTheSame(Codec codec) throws IOException {
        byte[] expected = bytes(ENCODERS.encode(codec, ByteBuffer.wrap(TEXT)));
        ByteBuffer within = ByteBuffer.allocate(TEXT.length + 20)
                .position(7)
                .put(TEXT)
                .flip()
                .position(7);

        assertArrayEquals(expected, bytes(ENCODERS.encode(codec, direct(TEXT))));
        assertArrayEquals(expected, bytes(ENCODERS.encode(codec, within)));
        assertArrayEquals(
                expected, bytes(ENCODERS.encode(codec, ByteBuffer.wrap(TEXT).asReadOnlyBuffer())));
    }

    @Test
    void encode_text_isSmallerThanStreamingIs() throws IOException {
        for (Codec codec : Codec.values()) {
            int whole = ENCODERS.encode(codec, ByteBuffer.wrap(TEXT)).remaining();
            int streamed = stream(codec, TEXT, 64 << 10, 64 << 10).length;

            assertTrue(whole < streamed, codec + ": " + whole + ", streamed " + streamed);
            assertTrue(streamed < TEXT.length / 2, codec + ": " + streamed);
        }
    }

    /** RFC 9659 §3: a window of at most 8 MB, also for a longer body. */
    @Test
    void encode_zstdOfMoreThan8MiB_hasAWindowOf8MiB() throws IOException {
        byte[] coded = bytes(ENCODERS.encode(Codec.ZSTD, ByteBuffer.wrap(new byte[9 << 20])));

        // RFC 8878 §3.1.1.1: the descriptor after the magic; not a single segment, so that a window descriptor follows.
        assertEquals(0, coded[4] & 0x20);
        assertEquals(23, 10 + (coded[5] >> 3));
        assertEquals(0, coded[5] & 7);
    }

    @Test
    void encode_gzip_hasNoTimeAndNoName() throws IOException {
        byte[] coded = bytes(ENCODERS.encode(Codec.GZIP, ByteBuffer.wrap(TEXT)));

        assertArrayEquals(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}, Arrays.copyOf(coded, 8));
    }

    static Stream<Arguments> pieces() {
        return Stream.of(Codec.values())
                .flatMap(codec -> Stream.of(
                                List.of(1 << 20, 1 << 20), List.of(4096, 100), List.of(999, 1), List.of(17, 5000))
                        .map(sizes -> Arguments.of(codec, sizes.get(0), sizes.get(1))));
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void stream_anyPieces_decodesAndIsTheSameEachTime(Codec codec, int inSize, int outSize) throws IOException {
        byte[] first = stream(codec, TEXT, inSize, outSize);

        assertArrayEquals(TEXT, Decoding.of(codec, first));
        assertArrayEquals(first, stream(codec, TEXT, inSize, outSize));
    }

    @ParameterizedTest
    @EnumSource
    void stream_nothing_isAnEmptyBody(Codec codec) throws IOException {
        assertArrayEquals(new byte[0], Decoding.of(codec, stream(codec, new byte[0], 1, 1)));
    }

    @ParameterizedTest
    @EnumSource
    void stream_bytesThatCannotBeCompressed_passThroughSmallBuffers(Codec codec) throws IOException {
        byte[] body = random(1 << 20);

        assertArrayEquals(body, Decoding.of(codec, stream(codec, body, 8192, 8192)));
    }

    /** What was not taken is offered again by a caller whose buffer may have moved meanwhile. */
    @ParameterizedTest
    @EnumSource
    void stream_lastGivenEarlyWithTheRest_isTheSameBody(Codec codec) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(1 << 20);
        try (StreamEncoder encoder = ENCODERS.stream(codec)) {
            ByteBuffer in = ByteBuffer.wrap(TEXT);
            boolean done = false;
            while (!done) {
                ByteBuffer piece = ByteBuffer.allocate(1000);
                ByteBuffer again = direct(Arrays.copyOfRange(TEXT, in.position(), TEXT.length));
                done = encoder.encode(again, true, piece);
                in.position(TEXT.length - again.remaining());
                out.put(piece.flip());
            }
        }

        assertArrayEquals(TEXT, Decoding.of(codec, bytes(out.flip())));
    }

    @ParameterizedTest
    @EnumSource
    void close_halfWayAndTwice_isAllowed(Codec codec) throws IOException {
        StreamEncoder encoder = ENCODERS.stream(codec);
        encoder.encode(ByteBuffer.wrap(TEXT), false, ByteBuffer.allocate(10));

        encoder.close();
        encoder.close();
    }

    @Test
    void available_libraryLeftOut_isNotWorthAWord() {
        Error absent = new NoClassDefFoundError("com/github/luben/zstd/util/Native");
        absent.initCause(new ClassNotFoundException("com.github.luben.zstd.util.Native"));
        try (LogLines log = new LogLines()) {
            Encoders encoders = new Encoders(Map.of(Codec.ZSTD, () -> {
                throw absent;
            }));

            assertEquals(Set.of(Codec.GZIP), encoders.available());
            assertEquals(List.of(), log.lines());
        }
    }

    @Test
    void available_noNativeLibrary_leavesGzipAloneAndSaysSoOnce() throws IOException {
        Map<Codec, Runnable> broken = new EnumMap<>(Codec.class);
        broken.put(Codec.BROTLI, () -> {
            throw new UnsatisfiedLinkError("brotli: failed to map segment from shared object");
        });
        broken.put(Codec.ZSTD, () -> {
            throw new NoClassDefFoundError("com/github/luben/zstd/util/Native");
        });
        try (LogLines log = new LogLines()) {
            Encoders encoders = new Encoders(broken);

            assertEquals(Set.of(Codec.GZIP), encoders.available());
            assertEquals(
                    List.of("content codings left out, since their native libraries cannot be loaded: br, zstd"),
                    log.lines());
            assertThrows(IllegalArgumentException.class, () -> encoders.encode(Codec.BROTLI, ByteBuffer.allocate(1)));
            assertThrows(IllegalArgumentException.class, () -> encoders.stream(Codec.ZSTD));
            assertNotEquals(
                    0, encoders.encode(Codec.GZIP, ByteBuffer.allocate(1)).remaining());
        }
    }

    @Test
    void available_oneMissing_keepsTheOther() {
        Map<Codec, Runnable> libraries = new EnumMap<>(Codec.class);
        libraries.put(Codec.BROTLI, () -> {
            throw new UnsupportedOperationException("Unsupported OS and Architecture: Linux, sparc");
        });
        libraries.put(Codec.ZSTD, () -> {});

        assertEquals(Set.of(Codec.ZSTD, Codec.GZIP), new Encoders(libraries).available());
    }

    @Test
    void available_allThere_saysNothing() {
        try (LogLines log = new LogLines()) {
            Encoders.ofThisMachine().available();

            assertEquals(List.of(), log.lines());
        }
    }

    private static byte[] stream(Codec codec, byte[] body, int inSize, int outSize) throws IOException {
        ByteBuffer whole = ByteBuffer.allocate(body.length + body.length / 8 + 1024);
        ByteBuffer out = ByteBuffer.allocate(outSize);
        try (StreamEncoder encoder = ENCODERS.stream(codec)) {
            boolean done = false;
            for (int at = 0; !done; ) {
                int length = Math.min(inSize, body.length - at);
                ByteBuffer in = ByteBuffer.wrap(body, at, length);
                done = encoder.encode(in, at + length == body.length, out);
                assertTrue(done || !in.hasRemaining() || !out.hasRemaining(), "stopped without need");
                at += length - in.remaining();
                whole.put(out.flip());
                out.clear();
            }
        }
        return bytes(whole.flip());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(1).nextBytes(bytes);
        return bytes;
    }

    /** Words in random order: text enough for a difference between the efforts. */
    private static byte[] text(int length) {
        SplittableRandom random = new SplittableRandom(2);
        StringBuilder text = new StringBuilder(length + 10);
        while (text.length() < length) {
            text.append("<li>")
                    .append(Integer.toString(random.nextInt(5000), 36))
                    .append("</li>\n");
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
