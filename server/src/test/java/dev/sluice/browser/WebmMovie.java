package dev.sluice.browser;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A WebM film made of still pictures, each a key frame of VP8 in a cluster of its own, with an index (cues) in front: what a
 * player needs to jump anywhere. The elements are those of RFC 8794 and RFC 9559; each length takes eight octets, so that all
 * are known before anything is written.
 */
final class WebmMovie {
    private static final int HEADER = 0x1A45DFA3;
    private static final int SEGMENT = 0x18538067;
    private static final int INFO = 0x1549A966;
    private static final int TRACKS = 0x1654AE6B;
    private static final int CUES = 0x1C53BB6B;
    private static final int CLUSTER = 0x1F43B675;
    private static final int KEY_FRAME = 0x80;

    /** "VP8 ", in the order of little-endian numbers. */
    private static final int VP8_CHUNK = 0x20385056;

    private WebmMovie() {}

    /**
     * A film.
     *
     * @param frames key frames of VP8, of one size in pixels
     * @param seconds its length; in each second one frame is shown, in turn
     */
    static byte[] of(List<byte[]> frames, int width, int height, int seconds) {
        List<byte[]> clusters = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            clusters.add(cluster(second, frames.get(second % frames.size())));
        }
        byte[] front = join(info(seconds), tracks(width, height));
        // The index is as long whatever it says.
        byte[] cues = cues(clusters, 0);
        cues = cues(clusters, front.length + cues.length);
        return join(header(), element(SEGMENT, join(front, cues, join(clusters.toArray(byte[][]::new)))));
    }

    /** The key frame of VP8 in a lossy WebP picture: what its chunk of that name holds (RFC 9649 §2.5). */
    static byte[] frameOf(byte[] webp) {
        ByteBuffer chunks = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).position(12);
        while (chunks.hasRemaining()) {
            int kind = chunks.getInt();
            int length = chunks.getInt();
            if (kind == VP8_CHUNK) {
                byte[] frame = new byte[length];
                chunks.get(frame);
                return frame;
            }
            chunks.position(chunks.position() + length + (length & 1));
        }
        throw new IllegalArgumentException("a picture of " + webp.length + " bytes without VP8");
    }

    private static byte[] header() {
        return element(
                HEADER,
                number(0x4286, 1),
                number(0x42F7, 1),
                number(0x42F2, 4),
                number(0x42F3, 8),
                text(0x4282, "webm"),
                number(0x4287, 2),
                number(0x4285, 2));
    }

    private static byte[] info(int seconds) {
        byte[] duration = ByteBuffer.allocate(8).putDouble(seconds * 1_000.0).array();
        return element(
                INFO,
                number(0x2AD7B1, 1_000_000),
                element(0x4489, duration),
                text(0x4D80, "sluice"),
                text(0x5741, "sluice"));
    }

    private static byte[] tracks(int width, int height) {
        byte[] video = element(0xE0, number(0xB0, width), number(0xBA, height));
        byte[] codec = text(0x86, "V_VP8");
        byte[] track =
                element(0xAE, number(0xD7, 1), number(0x73C5, 1), number(0x83, 1), number(0x9C, 0), codec, video);
        return element(TRACKS, track);
    }

    private static byte[] cues(List<byte[]> clusters, long from) {
        List<byte[]> points = new ArrayList<>();
        long position = from;
        for (int second = 0; second < clusters.size(); second++) {
            byte[] place = element(0xB7, number(0xF7, 1), number(0xF1, position));
            points.add(element(0xBB, number(0xB3, second * 1_000L), place));
            position += clusters.get(second).length;
        }
        return element(CUES, points.toArray(byte[][]::new));
    }

    private static byte[] cluster(int second, byte[] frame) {
        byte[] block = join(new byte[] {(byte) 0x81, 0, 0, (byte) KEY_FRAME}, frame);
        return element(CLUSTER, number(0xE7, second * 1_000L), element(0xA3, block));
    }

    private static byte[] number(int id, long value) {
        return element(id, ByteBuffer.allocate(8).putLong(value).array());
    }

    private static byte[] text(int id, String value) {
        return element(id, value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] element(int id, byte[]... contents) {
        byte[] content = join(contents);
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(id) + 7) / 8;
        ByteBuffer start = ByteBuffer.allocate(octets + 8);
        for (int octet = octets - 1; octet >= 0; octet--) {
            start.put((byte) (id >>> (8 * octet)));
        }
        start.putLong(0x01L << 56 | content.length);
        return join(start.array(), content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
