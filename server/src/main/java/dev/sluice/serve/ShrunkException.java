package dev.sluice.serve;

import java.io.IOException;

/** The file ends before the part that was to be sent. */
final class ShrunkException extends IOException {
    private static final long serialVersionUID = 1L;
}
