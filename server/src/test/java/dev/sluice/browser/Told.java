package dev.sluice.browser;

import org.jspecify.annotations.Nullable;

/** What the server tells of one request: the fields of a record of {@code /api/requests} that these tests look at. */
record Told(
        long id,
        String protocol,
        String method,
        String path,
        int status,
        String planned,
        String ioPath,
        String reason,
        long bytes,
        long userCopiedBytes,
        @Nullable String contentCoding,
        boolean complete) {

    /** The status, the I/O path and whether all of it went, in short. */
    String inShort() {
        return status + " " + ioPath + (complete ? "" : ", broken off");
    }
}
