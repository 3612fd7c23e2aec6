package dev.sluice.cli;

import dev.sluice.admin.ExplainAnswer;
import dev.sluice.admin.ExplainQuery;
import dev.sluice.admin.HeaderLine;
import dev.sluice.app.Explanations;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.ConfigurationLoader;
import dev.sluice.config.KeyOverride;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells how a request would be answered, and why so; starts no server. A running one tells it by its admin API. */
final class ExplainCommand implements Callable<Integer> {
    private static final String HEADER = "--header";
    private static final String METHOD = "--method";
    private static final String ROOT = "--root";
    private static final String JSON = "--json";

    private final ConfigurationLoader loader;
    private final CommandSpec spec;

    ExplainCommand(ConfigurationLoader loader) {
        this.loader = loader;
        this.spec = CommandSpec.wrapWithoutInspection(this)
                .name("explain")
                .addPositional(PositionalParamSpec.builder()
                        .arity("1")
                        .index("0")
                        .required(true)
                        .type(String.class)
                        .paramLabel("PATH")
                        .description("The path as it would be sent, such as /index.html; a query may follow.")
                        .build())
                .addOption(CommonOptions.texts("FIELD: VALUE", "A field of the request; repeatable.", "-H", HEADER))
                .addOption(CommonOptions.value(String.class, "METHOD", "The method (default: GET).", "-X", METHOD))
                .addOption(CommonOptions.value(String.class, "DIR", "The directory that is served.", ROOT))
                .addOption(CommonOptions.flag("Print what /api/explain answers.", JSON))
                .addOption(CommonOptions.config())
                .addOption(CommonOptions.set())
                .addOption(CommonOptions.help());
        spec.usageMessage().description("Tells how a request would be answered, by which I/O path, and why.");
    }

    /** The words that this command understands. */
    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws ConfigurationException {
        ParseResult given = spec.commandLine().getParseResult();
        ExplainQuery query;
        try {
            query = query(given);
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println("sluice: " + e.getMessage());
            return ExitCode.USAGE;
        }
        ExplainAnswer answer = Explanations.offline(configuration(given), query);
        if (given.hasMatchedOption(JSON)) {
            printJson(answer, spec.commandLine().getOut());
        } else {
            print(answer, spec.commandLine().getOut());
        }
        return ExitCode.DONE;
    }

    private static ExplainQuery query(ParseResult given) {
        List<String> lines = given.matchedOptionValue(HEADER, List.of());
        return new ExplainQuery(
                given.matchedPositionalValue(0, ""),
                given.matchedOptionValue(METHOD, "GET"),
                lines.stream().map(HeaderLine::parse).toList());
    }

    private Configuration configuration(ParseResult given) throws ConfigurationException {
        @Nullable String root = given.matchedOptionValue(ROOT, null);
        List<KeyOverride> overrides = root == null ? List.of() : List.of(new KeyOverride(ROOT, "sites[0].root", root));
        return loader.load(CommonOptions.config(given), overrides, CommonOptions.sets(given));
    }

    private static void printJson(ExplainAnswer answer, PrintWriter out) {
        out.println(JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(answer));
    }

    /** The head as {@code curl -I} shows it, then what led there. */
    private static void print(ExplainAnswer answer, PrintWriter out) {
        out.println("HTTP/1.1 " + answer.status());
        answer.headers().forEach((name, value) -> out.println(name + ": " + value));
        out.println();
        out.println("planned: " + answer.planned() + " (" + answer.reason() + ")");
        out.println();
        int width = answer.trace().stream()
                .mapToInt(decision -> decision.step().length())
                .max()
                .orElse(0);
        for (ExplainAnswer.Decision decision : answer.trace()) {
            out.println(decision.step() + " ".repeat(width + 2 - decision.step().length()) + decision.finding());
        }
    }
}
