package dev.sluice.config;

import java.io.Serial;
import java.util.List;

/** A configuration that cannot be used. */
public final class ConfigurationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong, in the order of the file.
     *
     * @return at least one problem, each one line: place, key, what was given, what was expected
     */
    public List<String> problems() {
        return problems;
    }
}
