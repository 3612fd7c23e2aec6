package dev.sluice.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** {@code Accept-Encoding} against a model that asks the list anew for each coding. */
final class AcceptEncodingPropertyTest {
    private static final Pattern ELEMENT =
            Pattern.compile("([a-z-]+|\\*)(?:[ \\t]*;[ \\t]*q=(0?\\.[0-9]{1,3}|0\\.?|1(?:\\.0{0,3})?))?");
    private static final BigDecimal LEAST = new BigDecimal("0.001");

    @Property
    void best_anyField_agreesWithTheModel(
            @ForAll("fields") String value, @ForAll("available") List<ContentCoding> available) {
        BigDecimal highest = BigDecimal.ZERO;
        Optional<ContentCoding> expected = Optional.empty();
        for (ContentCoding coding : available) {
            BigDecimal quality = quality(value, coding);
            if (quality.compareTo(highest) > 0) {
                highest = quality;
                expected = Optional.of(coding);
            }
        }
        assertEquals(expected, AcceptEncoding.parse(value).best(available));
    }

    @Property
    void quality_anyField_agreesWithTheModel(@ForAll("fields") String value, @ForAll ContentCoding coding) {
        int expected = quality(value, coding).movePointRight(3).intValueExact();
        assertEquals(expected, AcceptEncoding.parse(value).quality(coding));
    }

    @Property
    void parse_anyText_neverFails(@ForAll("noise") String value) {
        for (ContentCoding coding : ContentCoding.values()) {
            int quality = AcceptEncoding.parse(value).quality(coding);
            assertTrue(quality >= 0 && quality <= 1000, value);
        }
    }

    /** RFC 9110 §12.5.3, sentence by sentence. */
    private static BigDecimal quality(String value, ContentCoding coding) {
        List<BigDecimal> named = new ArrayList<>();
        List<BigDecimal> star = new ArrayList<>();
        for (String part : List.of(value.toLowerCase(Locale.ROOT).split(",", -1))) {
            Matcher element = ELEMENT.matcher(part.strip());
            if (element.matches()) {
                BigDecimal weight = element.group(2) == null ? BigDecimal.ONE : new BigDecimal("0" + element.group(2));
                String name = element.group(1).replace("x-gzip", "gzip");
                if (name.equals(coding.token())) {
                    named.add(weight);
                } else if (name.equals("*")) {
                    star.add(weight);
                }
            }
        }
        if (!named.isEmpty()) {
            return named.get(0);
        }
        if (coding == ContentCoding.IDENTITY) {
            return !star.isEmpty() && star.get(0).signum() == 0 ? BigDecimal.ZERO : LEAST;
        }
        return star.isEmpty() ? BigDecimal.ZERO : star.get(0);
    }

    @Provide
    Arbitrary<String> fields() {
        Arbitrary<String> names =
                Arbitraries.of("br", "zstd", "gzip", "X-GZip", "Identity", "*", "deflate", "", "g zip", "\"br\"");
        Arbitrary<String> weights = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just("")),
                Tuple.of(
                        6,
                        Arbitraries.of("0", "1", "0.5", "0.50", "0.001", "0.999", ".3", "1.000", "0.")
                                .map(q -> ";q=" + q)),
                Tuple.of(2, Arbitraries.of("0", "0.5", "1").map(q -> " ;\tQ=" + q)),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                ";q=2", ";q=", ";q", ";x=1", ";q=1;q=1", ";q=0.0001", " q=1", ";q= 1", ";q=1.001")));
        return Combinators.combine(names, weights)
                .as(String::concat)
                .list()
                .ofMaxSize(6)
                .flatMap(
                        elements -> Arbitraries.of(",", ", ", " ,\t", ",,").map(comma -> String.join(comma, elements)));
    }

    @Provide
    Arbitrary<List<ContentCoding>> available() {
        return Arbitraries.shuffle(ContentCoding.BR, ContentCoding.ZSTD, ContentCoding.GZIP)
                .flatMap(codings -> Arbitraries.integers().between(0, 3).map(count -> {
                    List<ContentCoding> available = new ArrayList<>(codings.subList(0, count));
                    available.add(ContentCoding.IDENTITY);
                    return available;
                }));
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings().withChars("gzip*q=;,.01 \"\\\t\0\u00e9/").ofMaxLength(24);
    }
}
