package dev.sluice.ledger;

import org.jspecify.annotations.Nullable;

/** A plain successful record, to be changed where a test cares. */
public final class SampleServed {
    private long id = 1;
    private long timeMillis = 1_795_379_326_123L; // 2026-11-22T20:28:46.123Z
    private String site = "example.org";
    private String client = "127.0.0.1";
    private String target = "/a.css?v=1";
    private String path = "/a.css";
    private int status = 200;
    private IoPath observed = IoPath.MMAP;
    private String reason = "hot";
    private boolean fallback;
    private long bytes = 1_000;
    private long userCopiedBytes;
    private long durationNanos = 42_999;
    private @Nullable String contentCoding;
    private @Nullable String referer;
    private @Nullable String userAgent;

    private SampleServed() {}

    public static SampleServed sample() {
        return new SampleServed();
    }

    public SampleServed id(long value) {
        id = value;
        return this;
    }

    public SampleServed timeMillis(long value) {
        timeMillis = value;
        return this;
    }

    public SampleServed site(String value) {
        site = value;
        return this;
    }

    public SampleServed fallback(String why) {
        reason = why;
        fallback = true;
        return this;
    }

    public SampleServed client(String value) {
        client = value;
        return this;
    }

    public SampleServed target(String value) {
        target = value;
        return this;
    }

    public SampleServed path(String value) {
        path = value;
        return this;
    }

    public SampleServed status(int value) {
        status = value;
        return this;
    }

    public SampleServed observed(IoPath value) {
        observed = value;
        return this;
    }

    public SampleServed reason(String value) {
        reason = value;
        return this;
    }

    public SampleServed bytes(long value) {
        bytes = value;
        return this;
    }

    public SampleServed userCopiedBytes(long value) {
        userCopiedBytes = value;
        return this;
    }

    public SampleServed durationNanos(long value) {
        durationNanos = value;
        return this;
    }

    public SampleServed contentCoding(String value) {
        contentCoding = value;
        return this;
    }

    public SampleServed referer(String value) {
        referer = value;
        return this;
    }

    public SampleServed userAgent(String value) {
        userAgent = value;
        return this;
    }

    public Served build() {
        return new Served(
                id,
                timeMillis,
                site,
                client,
                "HTTP/1.1",
                "GET",
                target,
                path,
                status,
                IoPath.MMAP,
                observed,
                reason,
                fallback,
                bytes,
                userCopiedBytes,
                durationNanos,
                contentCoding,
                referer,
                userAgent,
                true);
    }
}
