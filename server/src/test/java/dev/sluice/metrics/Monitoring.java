package dev.sluice.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and the dashboard that come with Sluice. */
public final class Monitoring {
    /** Where Prometheus's configuration is. */
    public static final Path PROMETHEUS =
            Path.of("../conf/prometheus").toAbsolutePath().normalize();

    private static final Path DASHBOARD =
            Path.of("../conf/grafana/sluice.json").toAbsolutePath().normalize();

    /** What is scraped, but no part of a recorded name such as {@code instance:sluice_requests:rate5m}. */
    private static final Pattern SCRAPED = Pattern.compile("(?<![\\w:/])(?:sluice|jvm|process)_\\w+(?![\\w:])");

    private static final Pattern RECORDED = Pattern.compile("(?<![\\w:])\\w+:\\w+:\\w+");

    private Monitoring() {}

    /** The dashboard as Grafana reads it. */
    public static JsonNode dashboard() {
        return JsonMapper.builder().build().readTree(read(DASHBOARD));
    }

    /** Every query of the dashboard, in the order of its panels. */
    public static List<String> queries() {
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard().get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(target.get("expr").asString());
            }
        }
        return queries;
    }

    /** The names of scraped metrics that the dashboard, the rules, their descriptions and their tests speak of. */
    public static Set<String> scrapedNames() {
        return names(SCRAPED, read(DASHBOARD) + rules() + read(PROMETHEUS.resolve("tests/sluice.yml")));
    }

    /** The names of recorded metrics that somebody speaks of. */
    public static Set<String> recordedNames() {
        return names(RECORDED, read(DASHBOARD) + rules() + read(PROMETHEUS.resolve("tests/sluice.yml")));
    }

    /** The rules as they stand in their file. */
    public static String rules() {
        return read(PROMETHEUS.resolve("rules/sluice.yml"));
    }

    private static Set<String> names(Pattern name, String text) {
        Matcher matcher = name.matcher(text);
        return new TreeSet<>(matcher.results().map(MatchResult::group).toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
