package dev.sluice.serve;

import java.util.List;

/** Where sending a list of segments has got to. Used by one thread at a time. */
final class SegmentCursor {
    private final List<Segment> segments;
    private int index;
    private long done;

    SegmentCursor(List<Segment> segments) {
        this.segments = segments;
        skipEmpty();
    }

    /** Whether nothing is left. */
    boolean atEnd() {
        return index == segments.size();
    }

    /** The rest of the segment that is being sent. */
    Segment rest() {
        Segment segment = segments.get(index);
        if (segment instanceof Segment.Part part) {
            return new Segment.Part(part.offset() + done, part.length() - done);
        }
        return segment;
    }

    /** The length of the rest of the segment that is being sent, in bytes. */
    long remaining() {
        Segment segment = segments.get(index);
        return segment instanceof Segment.Part part
                ? part.length() - done
                : ((Segment.Text) segment).bytes().remaining();
    }

    /** Goes on by so many bytes of that segment, at most what remains of it. */
    void advance(long bytes) {
        if (segments.get(index) instanceof Segment.Text text) {
            text.bytes().position(text.bytes().position() + (int) bytes);
        } else {
            done += bytes;
        }
        skipEmpty();
    }

    private void skipEmpty() {
        while (!atEnd() && remaining() == 0) {
            index++;
            done = 0;
        }
    }
}
