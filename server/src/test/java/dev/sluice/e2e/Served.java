package dev.sluice.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the admin API says of one request: the fields of a record of {@code /api/requests} that tests look at. */
record Served(
        long id,
        String client,
        String protocol,
        String method,
        String path,
        int status,
        String planned,
        String ioPath,
        String reason,
        long bytes,
        long userCopiedBytes,
        boolean complete) {

    /**
     * Asserts how the body went out, that it went as planned, and that all of it went; over TLS and HTTP/2, that what had been
     * planned otherwise was copied and that the record says why.
     */
    Served by(String path, String why, long length) {
        return carriedBy(path, path, why, length);
    }

    private Served carriedBy(String path, String plan, String why, long length) {
        E2eTransport transport = E2eTransport.current();
        if (transport.copies() && !plan.equals("copy") && !plan.equals("none")) {
            return as("copy", plan, transport.reason(plan, why), length);
        }
        return as(path, plan, why, length);
    }

    private Served as(String path, String plan, String why, long length) {
        String told = ioPath + " (planned " + planned + "), " + reason + ", " + bytes + ", complete " + complete;
        assertEquals(path + " (planned " + plan + "), " + why + ", " + length + ", complete true", told);
        assertEquals(copied(path, length), userCopiedBytes, "userCopiedBytes");
        return this;
    }

    /** Of a file sent by sendfile the last byte is held back in memory until the file has been looked at again. */
    private static long copied(String path, long length) {
        return switch (path) {
            case "copy", "direct" -> length;
            case "sendfile" -> 1;
            default -> 0;
        };
    }

    Served byMmap(long length) {
        return by("mmap", "small-body", length);
    }

    Served bySendfile(long length) {
        return length == 1
                ? carriedBy("copy", "sendfile", "single-byte", length)
                : by("sendfile", "large-body", length);
    }

    Served withoutBody(String why) {
        return by("none", why, 0);
    }
}
