package dev.sluice.cli;

import dev.sluice.cli.completion.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * What shells and {@code man} know of the command line, made from picocli's model of it, so that they cannot say anything else
 * than {@code --help} does. {@code mvn -Pdist package} writes it into files.
 */
public final class CommandDocuments {
    private static final String NAME = "sluice";

    private static final Map<String, String> EXIT_CODES = new TreeMap<>(Map.of(
            String.valueOf(ExitCode.DONE), "Done.",
            String.valueOf(ExitCode.FAILED), "Failed while running.",
            String.valueOf(ExitCode.USAGE), "Wrong usage or configuration."));

    private final CommandLine model;

    /**
     * @param version of Sluice, which the man pages tell
     */
    CommandDocuments(String version) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        this.model = new CommandLineRunner(
                        (source, shared, announce) -> {},
                        () -> "",
                        Path.of(""),
                        Map.of(),
                        () -> false,
                        nowhere,
                        nowhere)
                .commandLine();
        // Not the one of the JVM that makes them.
        model.getCommandSpec().versionProvider(null).version(NAME + ' ' + version);
        model.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("Exit status%n")
                .exitCodeList(EXIT_CODES)
                .footerHeading("Environment%n")
                .footer(
                        "JAVA_HOME::",
                        "  The Java to use, instead of the newest in /usr/lib/jvm; where a runtime came with the jar, that one"
                                + " is used.",
                        "SLUICE_JAVA_OPTS::",
                        "  Further options for the JVM, separated by blanks.");
    }

    /**
     * Writes {@code completions/} for bash, zsh and fish, and {@code adoc/} with a man page of each command in AsciiDoc.
     *
     * @param args the folder to write to, and the version
     * @throws IOException if it cannot be written to
     */
    public static void main(String[] args) throws IOException {
        CommandDocuments documents = new CommandDocuments(args[1]);
        Path completions = Files.createDirectories(Path.of(args[0], "completions"));
        Files.writeString(completions.resolve("sluice.bash"), documents.completion(Shell.BASH));
        Files.writeString(completions.resolve("_sluice"), documents.completion(Shell.ZSH));
        Files.writeString(completions.resolve("sluice.fish"), documents.completion(Shell.FISH));
        documents.manPages(Path.of(args[0], "adoc"));
    }

    CommandLine model() {
        return model;
    }

    String completion(Shell shell) {
        return shell.script(model);
    }

    void manPages(Path folder) throws IOException {
        int code =
                ManPageGenerator.generateManPage(folder.toFile(), null, new boolean[0], false, model.getCommandSpec());
        if (code != 0) {
            throw new IOException("man pages: " + code);
        }
    }
}
