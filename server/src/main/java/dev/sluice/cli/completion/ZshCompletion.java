package dev.sluice.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for zsh, as a function that it loads at the first need. What picocli makes for bash runs in zsh too, but only
 * after it was sourced, and without descriptions. Only the first word can be a command.
 */
final class ZshCompletion {
    private final String name;
    private final CommandSpec command;

    ZshCompletion(String name, CommandSpec command) {
        this.name = name;
        this.command = command;
    }

    /** The file {@code _NAME}. */
    String text() {
        String cases = command.subcommands().entrySet().stream()
                .map(sub -> "    " + sub.getKey() + ")\n      shift words\n      (( CURRENT-- ))\n"
                        + arguments(
                                sub.getValue().getCommandSpec(),
                                parameters(sub.getValue().getCommandSpec()))
                        + "      return\n      ;;\n")
                .collect(Collectors.joining());
        return """
                #compdef %1$s
                # Completion of %1$s for zsh, made from what the command line understands.

                _%1$s_first() {
                  local -a commands=(
                %2$s  )
                  _describe -t commands command commands
                  _files -/
                }

                _%1$s() {
                  if (( CURRENT > 2 )); then
                    case $words[2] in
                %3$s    esac
                  fi
                %4$s}

                _%1$s "$@"
                """.formatted(
                name, commands(), cases, arguments(command, List.of("'1:command or directory:_" + name + "_first'")));
    }

    private String commands() {
        return command.subcommands().entrySet().stream()
                .map(sub -> "    "
                        + quoted(sub.getKey()
                                + ':'
                                + Completable.line(sub.getValue()
                                        .getCommandSpec()
                                        .usageMessage()
                                        .description()))
                        + '\n')
                .collect(Collectors.joining());
    }

    private static String arguments(CommandSpec spec, List<String> parameters) {
        List<String> specs = new ArrayList<>();
        spec.options().forEach(option -> specs.addAll(option(option)));
        specs.addAll(parameters);
        return "      _arguments -s -S : \\\n        " + String.join(" \\\n        ", specs) + '\n';
    }

    private static List<String> parameters(CommandSpec spec) {
        return spec.positionalParameters().stream()
                .map(parameter -> quoted("1:" + parameter.paramLabel() + ':' + action(Completable.of(parameter))))
                .toList();
    }

    /** One for each of its names, of which only one can be given unless it is repeatable. */
    private static List<String> option(OptionSpec option) {
        String before = option.isMultiValue() ? "*" : '(' + String.join(" ", option.names()) + ')';
        boolean valued = Completable.valued(option);
        String after = '['
                + escaped(Completable.line(option.description()))
                + ']'
                + (valued ? ':' + escaped(option.paramLabel()) + ':' + action(Completable.of(option)) : "");
        return List.of(option.names()).stream()
                .map(word -> quoted(before + word + (valued && word.startsWith("--") ? "=" : "") + after))
                .toList();
    }

    private static String action(Completable value) {
        List<String> words = value.words();
        if (value.files()) {
            return "_files";
        }
        if (value.folders()) {
            return "_files -/";
        }
        return words.isEmpty() ? " " : '(' + String.join(" ", words) + ')';
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\[\\]:\\\\])", "\\\\$1");
    }

    private static String quoted(String text) {
        return '\'' + text.replace("'", "'\\''") + '\'';
    }
}
