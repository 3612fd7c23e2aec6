package dev.sluice.cli;

import dev.sluice.calibration.Calibration;
import dev.sluice.calibration.Measurements;
import dev.sluice.calibration.Proposal;
import dev.sluice.calibration.Scope;
import dev.sluice.calibration.SvgChart;
import dev.sluice.calibration.TextReport;
import dev.sluice.calibration.Thresholds;
import dev.sluice.config.ByteSize;
import dev.sluice.config.CalibrationFile;
import dev.sluice.config.CalibrationSettings;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.config.KeyOverride;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Measures what each way from a file to a socket costs here, and proposes where to draw the lines between them. */
final class CalibrateCommand implements Callable<Integer> {
    private static final String QUICK = "--quick";
    private static final String SVG = "--svg";
    private static final String WRITE = "--write";

    private final ConfigurationLoader loader;
    private final Path workingDirectory;
    private final @Nullable Scope fixed;
    private final CommandSpec spec;

    CalibrateCommand(ConfigurationLoader loader, Path workingDirectory) {
        this(loader, workingDirectory, null);
    }

    /**
     * @param fixed what is measured, whatever the command line says; null for what it says
     */
    CalibrateCommand(ConfigurationLoader loader, Path workingDirectory, @Nullable Scope fixed) {
        this.loader = loader;
        this.workingDirectory = workingDirectory;
        this.fixed = fixed;
        this.spec = CommandSpec.wrapWithoutInspection(this)
                .name("calibrate")
                .addPositional(PositionalParamSpec.builder()
                        .arity("0..1")
                        .index("0")
                        .type(String.class)
                        .paramLabel("DIR")
                        .description("A directory on the file system to be measured (default: what would be served).")
                        .build())
                .addOption(CommonOptions.flag("Measure for ten seconds instead of a minute.", QUICK))
                .addOption(CommonOptions.value(Path.class, "FILE", "Draw a chart.", SVG))
                .addOption(CommonOptions.flag(
                        "Write what was found into the configuration, for the keys that say auto.", WRITE))
                .addOption(CommonOptions.config())
                .addOption(CommonOptions.set())
                .addOption(CommonOptions.help());
        spec.usageMessage()
                .description(
                        "Measures what each way from a file to a socket costs here: copy, mmap, sendfile, direct, cow.");
    }

    /** The words that this command understands. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        ParseResult given = spec.commandLine().getParseResult();
        @Nullable Path file = CommonOptions.config(given);
        boolean write = given.hasMatchedOption(WRITE);
        if (write && file == null) {
            return fail(ExitCode.USAGE, WRITE + " needs a configuration to write to (expected: --config FILE)");
        }
        Configuration configuration = loader.load(file, directory(given), CommonOptions.sets(given));
        CalibrationFile target = write && file != null ? CalibrationFile.open(file, workingDirectory) : null;
        Path directory = configuration.sites().get(0).root().folder();
        List<Proposal> proposals;
        try {
            proposals = measure(given, directory);
        } catch (AccessDeniedException e) {
            return fail(ExitCode.FAILED, "may not write " + e.getFile());
        } catch (IOException e) {
            return fail(ExitCode.FAILED, "cannot measure in " + directory + ": " + e.getMessage());
        }
        return target == null ? ExitCode.DONE : write(target, file, proposals);
    }

    private int write(CalibrationFile target, @Nullable Path file, List<Proposal> proposals)
            throws ConfigurationException {
        try {
            target.write(settings(proposals));
        } catch (IOException e) {
            return fail(ExitCode.FAILED, "cannot write to " + file + ": " + e);
        }
        spec.commandLine().getOut().println("written to " + file);
        return ExitCode.DONE;
    }

    private static List<KeyOverride> directory(ParseResult given) {
        @Nullable String directory = given.matchedPositionalValue(0, null);
        return directory == null ? List.of() : List.of(new KeyOverride("DIR", "sites[0].root", directory));
    }

    private List<Proposal> measure(ParseResult given, Path directory) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Scope scope = scope(given);
        out.println(
                "measuring in " + directory + ", for about " + scope.budget().toSeconds() + " seconds");
        out.flush();
        Measurements seen = Calibration.run(directory, scope);
        new TextReport(seen).lines().forEach(out::println);
        List<Proposal> proposals = new Thresholds(seen).propose();
        TextReport.proposals(proposals).forEach(out::println);
        @Nullable Path svg = given.matchedOptionValue(SVG, null);
        if (svg != null) {
            Files.writeString(workingDirectory.resolve(svg), new SvgChart(seen).text());
            out.println("chart: " + svg);
        }
        return proposals;
    }

    private Scope scope(ParseResult given) {
        if (fixed != null) {
            return fixed;
        }
        return given.hasMatchedOption(QUICK) ? Scope.quick() : Scope.full();
    }

    private static CalibrationSettings settings(List<Proposal> proposals) {
        return new CalibrationSettings(
                size(proposals, Thresholds.MAX_FILE_SIZE),
                size(proposals, Thresholds.SENDFILE_CHUNK),
                size(proposals, Thresholds.DIRECT_MIN_SIZE));
    }

    private static @Nullable ByteSize size(List<Proposal> proposals, String key) {
        for (Proposal proposal : proposals) {
            if (proposal.key().equals(key) && proposal.bytes().isPresent()) {
                return new ByteSize(proposal.bytes().getAsLong());
            }
        }
        return null;
    }

    private int fail(int code, String fault) {
        spec.commandLine().getErr().println("sluice: " + fault);
        return code;
    }
}
