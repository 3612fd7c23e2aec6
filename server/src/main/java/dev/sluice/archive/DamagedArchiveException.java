package dev.sluice.archive;

import java.io.IOException;

/** An archive, or an entry of one, is not what it says it is. */
public final class DamagedArchiveException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param what what is wrong with it, as a clause that can follow the archive's name
     */
    public DamagedArchiveException(String what) {
        super(what);
    }
}
