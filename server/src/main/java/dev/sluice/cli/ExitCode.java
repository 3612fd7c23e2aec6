package dev.sluice.cli;

/** What the process tells its caller. */
final class ExitCode {
    /** Done; for a server, stopped as asked. */
    static final int DONE = 0;
    /** Failed while running. */
    static final int FAILED = 1;
    /** Wrong usage or configuration. */
    static final int USAGE = 2;

    private ExitCode() {}
}
