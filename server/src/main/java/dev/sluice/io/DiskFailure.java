package dev.sluice.io;

import java.io.IOException;
import java.util.List;

/** Tells what disks and file servers say when they fail from what sockets, names and options are to blame for. */
public final class DiskFailure {
    /** EIO, EREMOTEIO, ESTALE, EUCLEAN and EBADMSG (errno(3)), as the C library puts them and the JDK hands them on. */
    private static final List<String> SAID = List.of(
            "Input/output error", "Remote I/O error", "Stale file handle", "Structure needs cleaning", "Bad message");

    private DiskFailure() {}

    /** Whether a file could not be read because of what it lies on. */
    public static boolean is(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return SAID.stream().anyMatch(message::contains);
    }
}
