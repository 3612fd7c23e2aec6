package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.http.CaptureTemplate;
import dev.sluice.http.Glob;
import java.util.List;
import java.util.Optional;

/** Patterns and templates of rules, which an operator writes, against paths, which anybody sends. */
class RuleFuzzTest {
    private static final int LONGEST = 200;

    @FuzzTest(maxDuration = "10m")
    void match_anyPatternAndPath_endsWithAsManyCapturesAsToldAndTheyFit(FuzzedDataProvider data) {
        String pattern = data.consumeString(LONGEST);
        String template = data.consumeString(LONGEST);
        String path = data.consumeRemainingAsString();
        Glob glob;
        CaptureTemplate target;
        try {
            glob = Glob.compile(pattern);
            target = CaptureTemplate.parse(template, glob.captureCount());
        } catch (IllegalArgumentException refused) {
            return;
        }
        Optional<List<String>> captures = glob.match(path);
        assertEquals(captures.isPresent(), glob.matches(path));
        captures.ifPresent(found -> {
            assertEquals(glob.captureCount(), found.size());
            target.expand(found);
        });
    }
}
