package dev.sluice.cli.completion;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish, which picocli has none for. Only the first word can be a command. */
final class FishCompletion {
    private final String name;
    private final CommandSpec command;
    private final List<String> lines = new ArrayList<>();

    FishCompletion(String name, CommandSpec command) {
        this.name = name;
        this.command = command;
    }

    /** The script. */
    String text() {
        lines.clear();
        lines.add("# Completion of " + name + " for fish, made from what the command line understands.");
        lines.add("complete -c " + name + " -f");
        String commands = String.join(" ", command.subcommands().keySet());
        String none = "not __fish_seen_subcommand_from " + commands;
        command.subcommands()
                .forEach((word, sub) -> add("__fish_is_first_token", "-a " + quoted(word) + description(sub)));
        arguments(none, command);
        command.subcommands()
                .forEach((word, sub) -> arguments("__fish_seen_subcommand_from " + word, sub.getCommandSpec()));
        return String.join("\n", lines) + "\n";
    }

    private void arguments(String condition, CommandSpec spec) {
        spec.positionalParameters().forEach(parameter -> add(condition, values(Completable.of(parameter))));
        spec.options().forEach(option -> add(condition, option(option)));
    }

    private static String option(OptionSpec option) {
        StringBuilder line = new StringBuilder();
        for (String word : option.names()) {
            line.append(word.startsWith("--") ? "-l " + word.substring(2) : "-s " + word.substring(1))
                    .append(' ');
        }
        if (Completable.valued(option)) {
            line.append("-x ").append(values(Completable.of(option))).append(' ');
        }
        return line.append("-d ")
                .append(quoted(Completable.line(option.description())))
                .toString();
    }

    private static String description(CommandLine sub) {
        return " -d "
                + quoted(Completable.line(sub.getCommandSpec().usageMessage().description()));
    }

    private static String values(Completable value) {
        List<String> offers = new ArrayList<>(value.words());
        if (value.files()) {
            offers.add("(__fish_complete_path)");
        }
        if (value.folders()) {
            offers.add("(__fish_complete_directories)");
        }
        return offers.isEmpty() ? "" : "-a " + quoted(String.join(" ", offers));
    }

    private void add(String condition, String rest) {
        if (!rest.isEmpty()) {
            lines.add("complete -c " + name + " -n " + quoted(condition) + ' ' + rest);
        }
    }

    private static String quoted(String text) {
        return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
