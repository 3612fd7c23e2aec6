package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.cli.completion.Shell;
import dev.sluice.tls.ToolRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the shells offer, asked of the shells themselves, and what the man pages tell. */
final class CommandDocumentsTest {
    private static final CommandDocuments DOCUMENTS = new CommandDocuments("1.2.3");
    private static final CommandSpec SLUICE = DOCUMENTS.model().getCommandSpec();
    private static final long SECONDS = 120;

    @TempDir
    private Path folder;

    static List<String> commandLines() {
        List<String> lines = new ArrayList<>(List.of("sluice "));
        SLUICE.subcommands().keySet().forEach(word -> lines.add("sluice " + word + ' '));
        return lines;
    }

    private static CommandSpec spec(String commandLine) {
        CommandLine sub = SLUICE.subcommands()
                .get(commandLine.substring("sluice ".length()).strip());
        return sub == null ? SLUICE : sub.getCommandSpec();
    }

    private static Set<String> options(String commandLine) {
        return new TreeSet<>(spec(commandLine).optionsMap().keySet());
    }

    private static Set<String> longOptions(String commandLine) {
        return options(commandLine).stream()
                .filter(option -> option.startsWith("--"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String said(String shell, String script, String... arguments) throws Exception {
        Path file = Files.writeString(folder.resolve("script"), script);
        List<String> all = new ArrayList<>(List.of(file.toString()));
        all.addAll(List.of(arguments));
        ToolRun run = ToolRun.of(folder, SECONDS, shell, all.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.said());
        return run.said();
    }

    private static Set<String> beginningWith(String beginning, String said) {
        return said.lines()
                .map(line -> line.replaceFirst("[=\t].*", "").strip())
                .filter(line -> line.startsWith(beginning))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String bash(String commandLine) throws Exception {
        Files.writeString(folder.resolve("sluice.bash"), DOCUMENTS.completion(Shell.BASH));
        return said("bash", """
                source sluice.bash
                COMP_LINE=$1
                read -r -a COMP_WORDS <<<"$1"
                case $1 in *' ') COMP_WORDS+=('') ;; esac
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _complete_sluice
                printf '%s\\n' "${COMPREPLY[@]}"
                """, commandLine);
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void bash_dash_offersEveryOption(String commandLine) throws Exception {
        assertEquals(options(commandLine), beginningWith("-", bash(commandLine + "-")));
    }

    @Test
    void bash_firstWord_offersEveryCommand() throws Exception {
        assertTrue(beginningWith("", bash("sluice "))
                .containsAll(SLUICE.subcommands().keySet()));
    }

    private String fish(String commandLine) throws Exception {
        Files.writeString(folder.resolve("sluice.fish"), DOCUMENTS.completion(Shell.FISH));
        return said("fish", "source sluice.fish\ncomplete -C $argv[1]\n", commandLine);
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void fish_dash_offersEveryOption(String commandLine) throws Exception {
        assertEquals(options(commandLine), beginningWith("-", fish(commandLine + "-")));
        assertEquals(longOptions(commandLine), beginningWith("--", fish(commandLine + "--")));
    }

    @Test
    void fish_firstWord_offersEveryCommandAndNothingElseDoes() throws Exception {
        assertTrue(beginningWith("", fish("sluice "))
                .containsAll(SLUICE.subcommands().keySet()));
        assertEquals(Set.of(), beginningWith("che", fish("sluice check che")));
    }

    @Test
    void fish_valueOfAnOption_isOffered() throws Exception {
        assertEquals(Set.of("html", "json", "off"), beginningWith("", fish("sluice --listing ")));
    }

    /** In a terminal of its own: zsh completes nowhere else. It lists what there is. */
    private String zsh(String typed, String last) throws Exception {
        Files.writeString(folder.resolve("_sluice"), DOCUMENTS.completion(Shell.ZSH));
        return said("zsh", """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                zpty -w shell "stty rows 200 cols 200; PS1=; fpath=($PWD \\$fpath); autoload -Uz compinit; compinit -u -D; print rea''dy"
                zpty -r shell out '*ready*'
                zpty -w -n shell "$1"$'\\t'
                zpty -r shell out "*$2*"
                print -r -- "$out"
                """, typed, last);
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void zsh_dashes_listEveryOption(String commandLine) throws Exception {
        TreeSet<String> options = new TreeSet<>(longOptions(commandLine));
        String said = zsh(commandLine + "--", options.last());
        assertEquals(
                Set.of(),
                options.stream().filter(option -> !said.contains(option)).collect(Collectors.toSet()),
                said);
    }

    @Test
    void zsh_firstWord_listsEveryCommand() throws Exception {
        TreeSet<String> commands = new TreeSet<>(SLUICE.subcommands().keySet());
        String said = zsh("sluice ", commands.last());
        assertTrue(commands.stream().allMatch(said::contains), said);
    }

    @ParameterizedTest
    @EnumSource
    void generateCompletion_eachShell_printsItsScript(Shell shell) {
        StringWriter printed = new StringWriter();
        CommandLine model = new CommandDocuments("1.2.3").model().setOut(new PrintWriter(printed));

        assertEquals(
                ExitCode.DONE, model.execute("generate-completion", shell.name().toLowerCase(Locale.ROOT)));

        assertEquals(DOCUMENTS.completion(shell), printed.toString());
        assertTrue(printed.toString().contains("generate-completion"), printed::toString);
    }

    @Test
    void manPages_all_tellEveryOptionAndTheVersionOfSluiceAlone() throws Exception {
        DOCUMENTS.manPages(folder);
        try (Stream<Path> pages = Files.list(folder)) {
            assertEquals(commandLines().size(), pages.count());
        }
        for (String line : commandLines()) {
            String page = Files.readString(folder.resolve(line.strip().replace(' ', '-') + ".adoc"));
            assertEquals(
                    Set.of(),
                    options(line).stream()
                            .filter(option -> !page.contains('*' + option + '*'))
                            .collect(Collectors.toSet()),
                    page);
        }
        String first = Files.readString(folder.resolve("sluice.adoc"));
        assertTrue(first.contains(":mansource: sluice 1.2.3\n"), first);
    }
}
