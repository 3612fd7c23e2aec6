package dev.sluice.plan;

import dev.sluice.http.ByteRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes the text between the parts of a {@code multipart/byteranges} body (RFC 9110 §14.6, RFC 2046 §5.1). */
final class Multipart {
    private final Representation of;
    private final String boundary;

    /**
     * @param receivedAt makes the boundary another one each time, so that nobody can write it into a file beforehand
     */
    Multipart(Representation of, Instant receivedAt) {
        this.of = of;
        long salt = (of.etag().opaque().hashCode() * 31L + receivedAt.getNano()) * 0x9E3779B97F4A7C15L
                ^ receivedAt.getEpochSecond();
        this.boundary = String.format("sluice-%016x-%016x", salt, salt * 0xC2B2AE3D27D4EB4FL);
    }

    String boundary() {
        return boundary;
    }

    Body.Multipart body(List<ByteRange> ranges, Body.Origin origin) {
        List<Body.Part> parts = new ArrayList<>();
        for (ByteRange range : ranges) {
            String head = (parts.isEmpty() ? "--" : "\r\n--") + boundary
                    + "\r\nContent-Type: " + of.type().fieldValue()
                    + "\r\nContent-Range: " + range.contentRange(of.length())
                    + "\r\n\r\n";
            parts.add(new Body.Part(head, range));
        }
        return new Body.Multipart(parts, "\r\n--" + boundary + "--\r\n", origin);
    }
}
