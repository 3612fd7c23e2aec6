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
        if (body instanceof Body.None) {
            return IoPath.NONE;
        }
        if (body instanceof Body.Multipart parts) {
            return parts.inRegion() ? IoPath.MMAP : IoPath.SENDFILE;
        }
        return body instanceof Body.Patched ? IoPath.COW : IoPath.COPY;
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
