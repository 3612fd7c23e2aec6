package dev.sluice.serve;

import dev.sluice.ledger.IoPath;
import dev.sluice.plan.Body;

/** The I/O path that a plan means to take. */
final class PlannedPath {
    private PlannedPath() {}

    static IoPath of(Body body) {
        if (body instanceof Body.FromRegion) {
            return IoPath.MMAP;
        }
        if (body instanceof Body.FromFile) {
            return IoPath.SENDFILE;
        }
        if (body instanceof Body.FromDisk) {
            return IoPath.DIRECT;
        }
        if (body instanceof Body.None) {
            return IoPath.NONE;
        }
        if (body instanceof Body.Multipart parts) {
            return of(parts.origin());
        }
        return body instanceof Body.Patched ? IoPath.COW : IoPath.COPY;
    }

    private static IoPath of(Body.Origin origin) {
        return switch (origin) {
            case REGION -> IoPath.MMAP;
            case FILE -> IoPath.SENDFILE;
            case DISK -> IoPath.DIRECT;
            case ARCHIVE -> IoPath.COPY;
        };
    }

    /**
     * What {@code Server-Timing} says.
     *
     * @param copied whether the body passes through a user-space buffer, whatever was planned
     */
    static String told(IoPath planned, boolean copied) {
        return "io;desc=\"" + (copied ? IoPath.COPY : planned).label() + '"';
    }
}
