package dev.sluice.cli.completion;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;

/** A shell that can complete commands. */
public enum Shell {
    BASH,
    ZSH,
    FISH;

    /** Their words, as a help shows them. */
    public static final String WORDS = Stream.of(values()).map(Shell::word).collect(Collectors.joining("|"));

    /** The one of that name, in lower case. */
    public static Optional<Shell> of(String word) {
        return Stream.of(values()).filter(shell -> shell.word().equals(word)).findFirst();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The script that makes it complete the command. */
    public String script(CommandLine command) {
        String name = command.getCommandName();
        return switch (this) {
            case BASH -> AutoComplete.bash(name, command);
            case ZSH -> new ZshCompletion(name, command.getCommandSpec()).text();
            case FISH -> new FishCompletion(name, command.getCommandSpec()).text();
        };
    }
}
