package dev.sluice.cli;

import java.util.Optional;

/**
 * A server whose place another one takes.
 *
 * @param process that it runs in; not this one
 */
record Predecessor(ProcessHandle process) {
    /** Finds it by its process id; empty if the text is none, or of no other process that runs. */
    static Optional<Predecessor> find(String id) {
        try {
            return ProcessHandle.of(Long.parseLong(id))
                    .filter(process -> process.isAlive() && !process.equals(ProcessHandle.current()))
                    .map(Predecessor::new);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Asks it to stop (SIGTERM): it accepts nothing more, and ends when what it sends has been sent, or at its
     * {@code limits.shutdown}.
     *
     * @return what came of it, for the user
     */
    String stop() {
        return process.destroy()
                ? "in the place of process " + process.pid() + ", which stops when it has sent what it is sending"
                : "process " + process.pid() + " cannot be stopped, and goes on serving beside this one";
    }
}
