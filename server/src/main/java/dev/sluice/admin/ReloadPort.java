package dev.sluice.admin;

import java.util.List;

/** Has the configuration read again. */
@FunctionalInterface
public interface ReloadPort {
    /**
     * Reads the configuration again, from where it was read at the start, and has it take effect as a whole or not at all.
     * Blocking; calls at the same time take turns.
     */
    Outcome reload();

    /** What came of it. */
    sealed interface Outcome {}

    /**
     * The new configuration is in effect.
     *
     * @param generation how many have been in effect since the start, this one included
     * @param changed the keys in which it differs from the one before; if in none, that one has stayed
     * @param unchanged the keys that could have been changed and were not
     */
    record Reloaded(int generation, List<String> changed, List<String> unchanged) implements Outcome {
        /** Copies the lists. */
        public Reloaded {
            changed = List.copyOf(changed);
            unchanged = List.copyOf(unchanged);
        }
    }

    /**
     * The new one cannot be used. The old one has stayed.
     *
     * @param problems what is wrong, a line for each, as the command line tells it; at least one, and nothing secret in any
     */
    record Faulty(List<String> problems) implements Outcome {
        /** Copies the list. */
        public Faulty {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The new one differs in what cannot be changed while the server runs. The old one has stayed.
     *
     * @param groups the keys of which that is so, at least one
     */
    record NeedsRestart(List<String> groups) implements Outcome {
        /** Copies the list. */
        public NeedsRestart {
            groups = List.copyOf(groups);
        }
    }

    /** The server was not started from anything that could be read again. */
    record NothingToRead() implements Outcome {}
}
