package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.http.EntityTag;
import dev.sluice.http.MediaType;
import dev.sluice.http.Method;
import dev.sluice.plan.Preconditions.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Preconditions against a model that knows what each field means and walks RFC 9110 §13.2.2 step by step. */
final class PreconditionsTest {
    private static final Instant MODIFIED = Instant.parse("2026-03-05T10:20:30Z");
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    /** A value of If-Match or If-None-Match, and whether it matches a strong "v1" in each way. */
    private enum Tags {
        ABSENT(null, false, false),
        STAR("*", true, true),
        SAME("\"v1\"", true, true),
        SAME_WEAK("W/\"v1\"", false, true),
        OTHER("\"v2\"", false, false),
        LISTED("\"v2\", \"v1\"", true, true),
        GARBAGE("v1", false, false);

        final String value;
        final boolean strong;
        final boolean weak;

        Tags(String value, boolean strong, boolean weak) {
            this.value = value;
            this.strong = strong;
            this.weak = weak;
        }
    }

    /** A value of a date field, and what it says if it is a date: that the file changed after it. */
    private enum Since {
        ABSENT(null, false, false),
        BEFORE("Thu, 05 Mar 2026 10:20:29 GMT", true, true),
        SAME("Thu, 05 Mar 2026 10:20:30 GMT", true, false),
        AFTER("Thursday, 05-Mar-26 10:20:31 GMT", true, false),
        GARBAGE("yesterday", false, false);

        final String value;
        final boolean isDate;
        final boolean changedAfter;

        Since(String value, boolean isDate, boolean changedAfter) {
            this.value = value;
            this.isDate = isDate;
            this.changedAfter = changedAfter;
        }
    }

    private record Case(
            Method method,
            boolean weakTag,
            boolean dated,
            Tags match,
            Since unmodified,
            Tags noneMatch,
            Since modified) {
        Outcome outcome() {
            EntityTag tag = new EntityTag(weakTag, "v1");
            return Preconditions.evaluate(
                    new Request(
                            method,
                            NOW,
                            new Conditions(match.value, unmodified.value, noneMatch.value, modified.value, null, null)),
                    new Representation(9, tag, dated ? MODIFIED : null, MediaType.PLAIN_TEXT));
        }

        Outcome expected() {
            int step = match != Tags.ABSENT ? 1 : 2;
            while (step < 5) {
                switch (step) {
                    case 1 -> {
                        if (match != Tags.STAR && (weakTag || !match.strong)) {
                            return Outcome.FAILED;
                        }
                        step = 3;
                    }
                    case 2 -> {
                        if (dated && unmodified.isDate && unmodified.changedAfter) {
                            return Outcome.FAILED;
                        }
                        step = 3;
                    }
                    case 3 -> {
                        if (noneMatch.weak) {
                            return method == Method.PUT ? Outcome.FAILED : Outcome.NOT_MODIFIED;
                        }
                        step = noneMatch == Tags.ABSENT && method != Method.PUT ? 4 : 5;
                    }
                    default -> {
                        if (dated && modified.isDate && !modified.changedAfter) {
                            return Outcome.NOT_MODIFIED;
                        }
                        step = 5;
                    }
                }
            }
            return Outcome.PASSED;
        }
    }

    private static Stream<Case> allCases() {
        Stream.Builder<Case> cases = Stream.builder();
        for (Method method : List.of(Method.GET, Method.HEAD, Method.PUT)) {
            for (int facts = 0; facts < 4; facts++) {
                for (Tags match : Tags.values()) {
                    for (Since unmodified : Since.values()) {
                        for (Tags noneMatch : Tags.values()) {
                            for (Since modified : Since.values()) {
                                cases.add(new Case(
                                        method, facts % 2 == 1, facts > 1, match, unmodified, noneMatch, modified));
                            }
                        }
                    }
                }
            }
        }
        return cases.build();
    }

    @Test
    void evaluate_everyCombination_agreesWithTheTruthTable() {
        allCases().forEach(one -> assertEquals(one.expected(), one.outcome(), one::toString));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "-,                               true",
                "\"v1\",                          true",
                "\"v2\",                          false",
                "W/\"v1\",                        false",
                "*,                               false",
                "`\"v1\", \"v2\"`,                false",
                "`Thu, 05 Mar 2026 10:20:30 GMT`, true",
                "`Thursday, 05-Mar-26 10:20:30 GMT`, true",
                "`Thu, 05 Mar 2026 10:20:29 GMT`, false",
                "`Thu, 05 Mar 2026 10:20:31 GMT`, false",
                "garbage,                         false",
                "``,                              false",
            })
    void rangeApplies_ifRange_onlyForTheVeryRepresentation(String ifRange, boolean applies) {
        Representation dated = new Representation(9, new EntityTag(false, "v1"), MODIFIED, MediaType.PLAIN_TEXT);
        assertEquals(applies, Preconditions.rangeApplies(ifRange(ifRange, NOW), dated));
    }

    @Test
    void rangeApplies_weakTag_neverMatches() {
        Representation weak = new Representation(9, new EntityTag(true, "v1"), MODIFIED, MediaType.PLAIN_TEXT);
        assertEquals(false, Preconditions.rangeApplies(ifRange("W/\"v1\"", NOW), weak));
        assertEquals(false, Preconditions.rangeApplies(ifRange("\"v1\"", NOW), weak));
    }

    @Test
    void rangeApplies_undated_ignoresDates() {
        Representation undated = new Representation(9, new EntityTag(false, "v1"), null, MediaType.PLAIN_TEXT);
        assertEquals(false, Preconditions.rangeApplies(ifRange("Thu, 05 Mar 2026 10:20:30 GMT", NOW), undated));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "999, false", "1000, true"})
    void rangeApplies_dateOfThisSecond_isWeak(long millisLater, boolean applies) {
        Representation fresh = new Representation(9, new EntityTag(false, "v1"), MODIFIED, MediaType.PLAIN_TEXT);
        Request request = ifRange("Thu, 05 Mar 2026 10:20:30 GMT", MODIFIED.plusMillis(millisLater));
        assertEquals(applies, Preconditions.rangeApplies(request, fresh));
    }

    private static Request ifRange(String value, Instant now) {
        return new Request(Method.GET, now, new Conditions(null, null, null, null, value, "bytes=0-1"));
    }
}
