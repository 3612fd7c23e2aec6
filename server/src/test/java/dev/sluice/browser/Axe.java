package dev.sluice.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Deque's axe-core, asked what keeps people from using a page. */
final class Axe {
    private static final String SCRIPT = script();

    private static final String ASK = """
            const result = await axe.run(document, {resultTypes: ['violations']});
            return result.violations
              .filter((rule) => rule.impact === 'serious' || rule.impact === 'critical')
              .flatMap((rule) => rule.nodes.map((node) => rule.id + ' (' + rule.impact + '): '
                + node.target.join(' ') + ': ' + node.failureSummary.replace(/\\s+/g, ' ')));
            """;

    private Axe() {}

    /** The violations of serious or critical impact on the page, each in one line. */
    static List<String> violations(Chromium chromium) {
        chromium.driver().executeScript(SCRIPT);
        Object answer = chromium.run(ASK);
        if (answer instanceof List<?> violations) {
            return violations.stream().map(String::valueOf).toList();
        }
        throw new AssertionError(answer);
    }

    private static String script() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
